import { type Draft, limits, ProblemCode } from "@parley/protocol";
import { command, expectAccepted, leave } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair, rowOf } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Drafts: what one is writing on one's own devices. */
export const draftCases: readonly ConformanceCase[] = [
  {
    title: "[DRAFT1] a draft gets a greater version each time and reaches all devices of its account, and nobody else",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const first = await write(device, log, "Tea", 0);
      expectMatch(first, { conversation: log, text: "Tea", device: device.id }, "the answer");
      expectEqual(await draftOf(second, log, "Tea"), first, "what the other device hears");
      const next = await write(second, log, "Tea at five", first.version);
      expectThat(next.version > first.version, "a greater version", next.version);
      expectThat(next.changedAt >= first.changedAt, "the server's clock", next.changedAt);
      expectEqual(await draftOf(device, log, "Tea at five"), next, "what the first device hears");
      await other.settle();
      expectEqual(draftsOf(other, log), [], "what others hear");
    },
  },
  {
    title:
      "[DRAFT2] a draft that was made from an older one is not stored: its device is told the one that it did not know",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const stored = await write(device, log, "Tea", 0);
      await draftOf(second, log, "Tea");
      second.send({
        case: "drafts",
        value: { updates: [{ conversation: log, text: "Coffee", base: stored.version - 1 }] },
      });
      expectEqual(await draftOf(second, log, "Tea"), stored, "the answer");
      await write(second, log, "Coffee\nTea", stored.version);
    },
  },
  {
    title: "[DRAFT7] a draft tells which update of each device was stored last",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const first = await write(device, log, "Tea", 0);
      const next = await write(second, log, "Tea at five", first.version);
      const writers = [
        { device: device.id, base: 0 },
        { device: second.id, base: first.version },
      ];
      expectMatch(next.writers, writers, "the writers");
    },
  },
  {
    title: "[DRAFT3] a draft where one is no member does nothing, and the link stays",
    async run(session) {
      const { log, device } = await pair(session);
      const stranger = await session.online(await session.person());
      for (const conversation of [log, freshId()]) {
        stranger.send({ case: "drafts", value: { updates: [{ conversation, text: "Let me in", base: 0 }] } });
      }
      await write(device, log, "Tea", 0);
      await stranger.settle();
      expectEqual(
        [draftsOf(stranger, log), draftsOf(device, log).map(({ text }) => text)],
        [[], ["Tea"]],
        "what is told",
      );
    },
  },
  {
    title:
      "[DRAFT4] [HELLO4] after Welcome come the drafts that the device was not told of, empty ones too; of another incarnation all",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const other = await session.group(device, []);
      const [first, second] = [await write(device, log, "Tea", 0), await write(device, other, "Coffee", 0)];
      const emptied = await write(device, log, "", first.version);
      expectMatch(emptied, { text: "", changedAt: 0 }, "an empty draft");
      const seat = await session.signIn(ana);
      const told = async (draftsKnown: number, incarnation: string) => {
        const back = await session.connect(seat);
        await back.hello({ incarnation, draftsKnown });
        await back.expect("registers", ({ drafts }) => drafts.some(({ version }) => version === emptied.version));
        return draftsOf(back, log, other);
      };
      const { incarnation } = await (await session.connect(seat)).hello();
      expectEqual(await told(0, incarnation), [second, emptied], "to who knows none");
      expectEqual(await told(second.version, incarnation), [emptied], "to who knows some");
      expectEqual(await told(emptied.version, freshId()), [second, emptied], "to who knows another history");
      const back = await session.connect(seat);
      await back.hello({ incarnation, draftsKnown: emptied.version });
      await back.settle();
      expectEqual(draftsOf(back, log, other), [], "to who knows all");
    },
  },
  {
    title:
      "[DRAFT5] [ROWS11] a post empties the draft of the version that it names, not a newer one, and no row or event names it",
    async run(session) {
      const { log, device, other } = await pair(session);
      const first = await write(device, log, "Tea", 0);
      const second = await write(device, log, "Coffee", first.version);
      const late = posting(log, "Tea", first.version);
      const post = posting(log, "Coffee", second.version);
      expectAccepted((await device.submit([late]))[0]);
      await device.settle();
      expectEqual(draftsOf(device, log).at(-1), second, "the draft after a late post");
      expectAccepted((await device.submit([post]))[0]);
      const emptied = await draftOf(device, log, "");
      expectMatch(emptied, { changedAt: 0, device: "" }, "the empty draft");
      expectThat(emptied.version > second.version, "a greater version", emptied.version);
      const { event } = await other.expect("event", (frame) => frame.event?.id === post.id);
      const named = event?.body.case === "posted" ? event.body.value.envelope?.clearsDraft : undefined;
      expectEqual(
        [named ?? 0, (await rowOf(other, log, post.id)).envelope?.clearsDraft ?? 0],
        [0, 0],
        "what others see",
      );
    },
  },
  {
    title: "[DRAFT6] leaving a conversation empties one's draft there",
    async run(session) {
      const { log, other } = await pair(session);
      await write(other, log, "I might go", 0);
      expectAccepted((await other.submit([leave(log)]))[0]);
      await draftOf(other, log, "");
    },
  },
  {
    title: "[DRAFTS1] drafts that are none, or of no conversation's id, end the link with MALFORMED",
    async run(session) {
      const { seat } = await session.person();
      for (const updates of [[], [{ conversation: "here", text: "Tea" }]]) {
        const device = await session.onlineAt(seat);
        device.send({ case: "drafts", value: { updates } });
        await device.expectProblem(ProblemCode.MALFORMED);
      }
    },
  },
  {
    title: "[LIMIT29] [DRAFTS1] eight drafts fit a frame and 16,000 characters a draft, more are TOO_LARGE",
    async run(session) {
      const { seat } = await session.person();
      const updates = Array.from({ length: limits.draftsPerFrame + 1 }, () => ({
        conversation: freshId(),
        text: "Tea",
      }));
      const long = { conversation: freshId(), text: "x".repeat(limits.textCharacters + 1) };
      const fitting = await session.onlineAt(seat);
      fitting.send({ case: "drafts", value: { updates: updates.slice(1) } });
      fitting.send({ case: "drafts", value: { updates: [{ ...long, text: long.text.slice(1) }] } });
      await fitting.settle();
      for (const over of [updates, [long]]) {
        const device = await session.onlineAt(seat);
        device.send({ case: "drafts", value: { updates: over } });
        await device.expectProblem(ProblemCode.TOO_LARGE);
      }
    },
  },
  {
    title: "[DRAFTS2] more than a few frames of drafts a second end the link with FLOODING",
    async run(session) {
      const device = await session.online(await session.person());
      for (let count = 0; count < 60; count++) {
        device.send({ case: "drafts", value: { updates: [{ conversation: freshId(), text: "Tea" }] } });
      }
      await device.expectProblem(ProblemCode.FLOODING);
    },
  },
];

function posting(log: string, text: string, clearsDraft: number) {
  const content = { form: { case: "plain" as const, value: { text } } };
  return command(log, { case: "post", value: { envelope: { clearsDraft }, content } });
}

/** Writes a draft; what the server answers. */
function write(device: RawDevice, conversation: string, text: string, base: number): Promise<Draft> {
  device.send({ case: "drafts", value: { updates: [{ conversation, text, base }] } });
  return draftOf(device, conversation, text);
}

/** The next draft that a device is told of a conversation and that says this. */
async function draftOf(device: RawDevice, conversation: string, text: string): Promise<Draft> {
  const says = (draft: Draft) => draft.conversation === conversation && draft.text === text;
  const { drafts } = await device.expect("registers", (registers) => registers.drafts.some(says));
  const draft = drafts.find(says);
  expectThat(draft !== undefined, "a draft", drafts);
  return draft;
}

/** What a device was told of these conversations: other cases may have left drafts of the same person. */
function draftsOf(device: RawDevice, ...conversations: readonly string[]): Draft[] {
  const told = device.all("registers").flatMap(({ drafts }) => drafts);
  return told.filter(({ conversation }) => conversations.includes(conversation));
}
