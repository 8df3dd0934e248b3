import { HistoryPolicy } from "@parley/protocol";
import {
  addMembers,
  edit,
  erase,
  expectAccepted,
  leave,
  post,
  react,
  removeMembers,
  setTitle,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { entryOf, pair, rowOf } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Events, account events, and the rows that they leave. */
export const eventCases: readonly ConformanceCase[] = [
  {
    title: "[EVENT1] an event reaches every device of every member, and nobody else",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ben));
      const stranger = await session.online(await session.person());
      await second.expect("reset", ({ state }) => state?.id === log);
      const message = post(log, "among us");
      await device.submit([message]);
      await Promise.all(
        [device, other, second].map((each) => each.expect("event", ({ event }) => event?.id === message.id)),
      );
      await stranger.settle();
      expectEqual(
        stranger.all("event").filter(({ event }) => event?.log === log),
        [],
        "what a stranger hears",
      );
    },
  },
  {
    title:
      "[EVENT2] where a present member may not see the message, an edit comes without content, and is fetched by who may",
    async run(session) {
      const { log, device, other } = await pair(session);
      const cem = await session.person();
      const late = await session.online(cem);
      const [early, recent] = [post(log, "before"), post(log, "after")];
      (await device.submit([early, addMembers(log, [cem.account]), recent])).forEach(expectAccepted);
      await late.expect("reset", ({ state }) => state?.id === log);
      const [hidden, shared] = [edit(log, early.id, "before!"), edit(log, recent.id, "after!")];
      await device.submit([hidden, shared]);
      for (const each of [device, other, late]) {
        const { event } = await each.expect("event", (frame) => frame.event?.id === hidden.id);
        expectMatch(
          event?.body,
          { case: "edited", value: { target: early.id, content: undefined } },
          "the shared frame",
        );
        const open = await each.expect("event", (frame) => frame.event?.id === shared.id);
        expectMatch(
          open.event?.body,
          { case: "edited", value: { content: { form: { value: { text: "after!" } } } } },
          "the other frame",
        );
      }
      expectMatch(
        await rowOf(other, log, early.id),
        { state: { value: { form: { value: { text: "before!" } } } } },
        "what ben fetches",
      );
      expectEqual(await entryOf(late, log, early.id), undefined, "what who came later fetches");
    },
  },
  {
    title:
      "[EVENT4] [EVENT5] each event has its command's id; what happened to the conversation is an entry with the same facts",
    async run(session) {
      const { log, device, ben } = await pair(session);
      const commands = [
        setTitle(log, "Tea"),
        removeMembers(log, [ben.account]),
        addMembers(log, [ben.account]),
        post(log, "x"),
        leave(log),
      ];
      expectEqual((await device.submit(commands)).map(expectAccepted), [2, 3, 4, 5, 6], "the seqs");
      const bodies = [];
      for (const { id } of commands) bodies.push((await device.expect("event", ({ event }) => event?.id === id)).event);
      expectEqual(
        bodies.map((event) => event?.ordinal),
        [2, 3, 4, 5, 6],
        "the ordinals",
      );
      const page = await device.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "after", value: 1 }, limit: 9 },
      });
      const entries = page.case === "page" ? page.value.entries : [];
      for (const [index, entry] of entries.entries()) {
        expectEqual(
          [entry.id, entry.seq, entry.rev],
          [bodies[index]?.id, index + 2, index + 2],
          "the entry of the event",
        );
        if (entry.body.case === "system")
          expectEqual(entry.body.value.what, bodies[index]?.body, "the facts of the entry");
      }
      expectEqual(
        entries.map(({ body }) => body.case),
        ["system", "system", "system", "message", "system"],
        "the entries",
      );
    },
  },
  {
    title: "[EVENT6] [ACCOUNT3] for who is removed that event is the last one; the account log says Parted",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const removal = removeMembers(log, [ben.account]);
      const seq = expectAccepted((await device.submit([removal]))[0]);
      await other.expect("event", ({ event }) => event?.id === removal.id);
      expectMatch(await accountEvent(other, "parted", log), { conversationSeq: seq }, "the account event");
      const message = post(log, "without you");
      await device.submit([message]);
      await device.expect("event", ({ event }) => event?.id === message.id);
      await other.settle();
      expectEqual(
        other.all("event").filter(({ event }) => event?.log === log && event.seq > seq),
        [],
        "what comes later",
      );
      const answer = await other.ask({ case: "changes", value: { conversation: log } });
      expectMatch(
        answer,
        { case: "reset", value: { status: { head: { seq }, entryHead: seq } } },
        "what who was removed is shown",
      );
      expectEqual(await entryOf(other, log, message.id), undefined, "a later message by its id");
    },
  },
  {
    title:
      "[ACCOUNT1] [ACCOUNT2] [RESET1] who joins is told on all devices, by the account log and a Reset; the account log has no gap",
    async run(session) {
      const { log, device } = await pair(session);
      const cem = await session.person();
      const devices = [await session.online(cem), await session.onlineAt(await session.signIn(cem))];
      const seq = expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      for (const each of devices) {
        expectMatch(await accountEvent(each, "joined", log), { conversationSeq: seq }, "the account event");
        const reset = await each.expect("reset", ({ state }) => state?.id === log);
        expectMatch(reset, { status: { head: { seq } }, newest: { conversation: log, asOf: seq } }, "the Reset");
        expectThat(reset.profiles.length >= 3, "the profiles of the members", reset.profiles);
      }
      const back = await session.connect(cem.seat);
      const { accountHead, incarnation } = await back.hello();
      const again = await session.connect(cem.seat);
      await again.hello({ incarnation, accountHead: 0 });
      await again.expect("accountEvent", (event) => event.seq === accountHead);
      expectEqual(
        again.all("accountEvent").map((event) => event.seq),
        Array.from({ length: accountHead }, (_, index) => index + 1),
        "the seqs",
      );
    },
  },
  {
    title: "[ACCOUNT4] a former member is told that a message they may hold was erased, and nothing of others",
    async run(session) {
      const { log, device, other } = await pair(session);
      const [seen, unseen] = [post(log, "seen"), post(log, "unseen")];
      await device.submit([seen]);
      expectAccepted((await other.submit([leave(log)]))[0]);
      (await device.submit([unseen, erase(log, unseen.id), erase(log, seen.id)])).forEach(expectAccepted);
      const told = await accountEvent(other, "erasedElsewhere", log);
      expectMatch(told, { conversation: log, conversationSeq: 6, target: seen.id }, "the account event");
    },
  },
  {
    title:
      "[ROWS1] [ROWS7] [ROWS8] intervals are closed and appended; what lies between is skipped, and what changed meanwhile withheld",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const [stays, changes, between] = [post(log, "stays"), post(log, "changes"), post(log, "between")];
      await device.submit([stays, changes]);
      const { incarnation, conversations } = await (await session.connect(ben.seat)).hello();
      const since = conversations.find(({ head }) => head?.conversation === log)?.head;
      await session.online(ben).then((each) => each.submit([leave(log)]));
      (
        await device.submit([
          edit(log, changes.id, "changed"),
          between,
          addMembers(log, [ben.account]),
          react(log, stays.id, "👍"),
        ])
      ).forEach(expectAccepted);
      const back = await session.connect(ben.seat);
      await back.hello({ incarnation, heads: since === undefined ? [] : [since] });
      const caught = await back.expect("changes", ({ conversation }) => conversation === log);
      expectMatch(
        caught,
        { from: 3, to: { seq: 8 }, skips: [{ seq: 6, fromOrdinal: 5, toOrdinal: 5 }] },
        "the changes",
      );
      const answer = await back.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 50 },
      });
      const page = answer.case === "page" ? answer.value : undefined;
      expectMatch(page?.skips, [{ seq: 6, fromOrdinal: 5, toOrdinal: 5 }], "the skips of the page");
      expectEqual(
        page?.entries.map(({ ordinal }) => ordinal),
        [1, 2, 3, 4, 6],
        "the ordinals",
      );
      expectMatch(await rowOf(back, log, changes.id), { state: { case: "withheld" } }, "what changed meanwhile");
      expectMatch(
        await rowOf(back, log, stays.id),
        { state: { case: "content" }, reactions: [{ emoji: "👍" }] },
        "what stayed",
      );
      expectEqual(await entryOf(back, log, between.id), undefined, "what was said meanwhile");
      const member = caught.state?.members.find(({ account }) => account === ben.account);
      expectMatch(
        member,
        {
          present: true,
          intervals: [
            { from: 1, to: 4 },
            { from: 7, to: 0 },
          ],
        },
        "the intervals",
      );
      other.close();
    },
  },
  {
    title: "[ROWS3] rev is the last event applied to a row, content_rev the last that changed its content",
    async run(session) {
      const { log, device } = await pair(session);
      const message = post(log, "one");
      const revisions: number[][] = [];
      for (const each of [
        message,
        react(log, message.id, "👍"),
        edit(log, message.id, "two"),
        erase(log, message.id),
      ]) {
        await device.submit([each]);
        const entry = await entryOf(device, log, message.id);
        revisions.push([entry?.seq ?? 0, entry?.rev ?? 0, entry?.contentRev ?? 0]);
      }
      expectEqual(
        revisions,
        [
          [2, 2, 2],
          [2, 3, 2],
          [2, 4, 4],
          [2, 5, 5],
        ],
        "seq, rev and content_rev",
      );
    },
  },
  {
    title: "[ROWS4] text comes back as it was written, unit for unit",
    async run(session) {
      const { log, device, other } = await pair(session);
      const texts = [
        "A\u030a is not Å",
        " \n\t ",
        "\u202eright to left",
        "👩‍👩‍👧‍👦",
        "\u0000",
        "<b>&amp;</b>",
        '{"ping":{}}',
      ];
      const messages = texts.map((text) => post(log, text));
      (await device.submit(messages)).forEach(expectAccepted);
      for (const [index, { id }] of messages.entries()) {
        const expected = { form: { case: "plain", value: { text: texts[index] } } };
        const { event } = await other.expect("event", (frame) => frame.event?.id === id);
        expectMatch(event?.body, { value: { content: expected } }, "the event");
        expectMatch(await rowOf(other, log, id), { state: { value: expected } }, "the row");
      }
    },
  },
  {
    title: "[ROWS10] who joins sees what was posted since, or everything, by the policy of the group",
    async run(session) {
      for (const [history, first] of [
        [HistoryPolicy.SINCE_JOINED, 3],
        [HistoryPolicy.ALL, 1],
      ] as const) {
        const { log, device } = await pair(session, { history });
        const cem = await session.person();
        const late = await session.online(cem);
        (await device.submit([post(log, "before"), addMembers(log, [cem.account]), post(log, "after")])).forEach(
          expectAccepted,
        );
        await late.expect("reset", ({ state }) => state?.id === log);
        const answer = await late.ask({
          case: "page",
          value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 50 },
        });
        const ordinals = answer.case === "page" ? answer.value.entries.map(({ ordinal }) => ordinal) : [];
        expectEqual(ordinals[0], first, "the first ordinal in sight");
      }
    },
  },
];

type AccountBody = "joined" | "parted" | "erasedElsewhere";

/** What the account log says of a conversation. */
async function accountEvent(device: RawDevice, kind: AccountBody, conversation: string) {
  const { body } = await device.expect(
    "accountEvent",
    (event) => event.body.case === kind && event.body.value.conversation === conversation,
  );
  return body.value;
}
