import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AccountService, CommandSchema, limits, ProblemCode, RejectionCode } from "@parley/protocol";
import { command, createGroup, expectAccepted, expectRejected, post, react, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { unordered } from "../kit/orders.ts";

/** Bounds of the protocol: what lies on the bound passes, what lies beyond is refused as documented. */
export const limitCases: readonly ConformanceCase[] = [
  {
    title: "[LIMIT2] [SUBMIT3] a command of 65,536 bytes is judged, one byte more is TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      expectAccepted((await device.submitBytes([commandOfSize(log, limits.commandBytes)]))[0]);
      device.submitBytes([commandOfSize(log, limits.commandBytes + 1)]).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT3] [SUBMIT3] 64 submissions fit a frame, 65 are TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const messages = Array.from({ length: limits.submissionsPerFrame }, (_, index) => post(log, `message ${index}`));
      expectEqual((await device.submit(messages)).map(expectAccepted).at(-1), 1 + messages.length, "the last seq");
      device.submit([...messages, post(log, "one more")]).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT4] [SUBMIT3] 262,144 bytes of commands fit a frame, one byte more is TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const sizes = [65_000, 65_000, 65_000, limits.submissionBytesPerFrame - 195_000 - 2_000, 2_000];
      const answers = await device.submitBytes(sizes.map((size) => commandOfSize(log, size)));
      expectEqual(answers.map(expectAccepted), [2, 3, 4, 5, 6], "the seqs");
      device.submitBytes([...sizes.slice(1), 65_001].map((size) => commandOfSize(log, size))).catch(() => undefined);
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT5] a message of 16,000 UTF-16 units is accepted, one more is INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const full = "🍵".repeat(limits.textCharacters / 2);
      expectAccepted((await device.submit([post(log, full)]))[0]);
      expectRejected((await device.submit([post(log, `${full}.`)]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[LIMIT6] a title of 200 characters is accepted, one more is INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const full = "t".repeat(limits.titleCharacters);
      const log = await session.group(device, [], { title: full });
      expectAccepted((await device.submit([setTitle(log, full)]))[0]);
      expectRejected((await device.submit([setTitle(log, `${full}t`)]))[0], RejectionCode.INVALID);
      expectRejected((await device.submit([createGroup([], { title: `${full}t` })]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[LIMIT7] an emoji of 64 bytes is accepted, a longer one is INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const message = post(log, "?");
      // Two bytes each, and one character to a reader.
      const emoji = `é${"\u0301".repeat(limits.emojiBytes / 2 - 1)}`;
      const answers = await device.submit([
        message,
        react(log, message.id, emoji),
        react(log, message.id, `${emoji}\u0301`),
      ]);
      expectAccepted(answers[1]);
      expectRejected(answers[2], RejectionCode.INVALID);
    },
  },
  {
    title: "[LIMIT8] [LIMIT9] 32 attachments and 256 mentions are accepted, one more of either is INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const ids = (count: number) => Array.from({ length: count }, freshId);
      const content = { form: { case: "plain", value: { text: "look" } } } as const;
      const say = (attachments: number, mentions: number) =>
        command(log, {
          case: "post",
          value: { content, envelope: { attachments: ids(attachments), mentions: ids(mentions) } },
        });
      const { attachmentsPerMessage, mentionsPerMessage } = limits;
      const answers = await device.submit([
        say(attachmentsPerMessage, mentionsPerMessage),
        say(attachmentsPerMessage + 1, 0),
        say(0, mentionsPerMessage + 1),
      ]);
      expectAccepted(answers[0]);
      expectRejected(answers[1], RejectionCode.INVALID);
      expectRejected(answers[2], RejectionCode.INVALID);
    },
  },
  {
    title: "[LIMIT10] a message takes 1,000 reactions of all members and emojis together, and no more",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const devices = [await session.online(ana), await session.online(ben)];
      const [owner] = devices;
      expectThat(owner !== undefined, "a device");
      const log = await session.group(owner, [ben]);
      const message = post(log, "react!");
      expectAccepted((await owner.submit([message]))[0]);
      const each = limits.reactionsPerMessage / devices.length;
      for (let sent = 0; sent < each; sent += 50) {
        const emojis = Array.from({ length: 50 }, (_, index) => String.fromCodePoint(0x4e00 + sent + index));
        const answers = await Promise.all(
          devices.map((device) => device.submit(emojis.map((emoji) => react(log, message.id, emoji)))),
        );
        answers.flat().forEach(expectAccepted);
      }
      expectRejected((await owner.submit([react(log, message.id, "👍")]))[0], RejectionCode.NOT_ALLOWED);
      expectAccepted((await owner.submit([react(log, message.id, String.fromCodePoint(0x4e00))]))[0]);
    },
  },
  {
    title: "[LIMIT11] a group of more than 256 members is MEMBERS_FULL",
    async run(session) {
      const device = await session.online(await session.person());
      const others = Array.from({ length: limits.membersPerGroup }, freshId);
      expectRejected((await device.submit([createGroup(others)]))[0], RejectionCode.MEMBERS_FULL);
      expectRejected((await device.submit([createGroup(others.slice(1))]))[0], RejectionCode.NOT_FOUND);
    },
  },
  {
    title: "[LIMIT12] a page has 1 to 200 entries; other limits are INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const ask = (limit: number) =>
        device.ask({ case: "page", value: { conversation: log, cursor: { case: "newest", value: {} }, limit } });
      for (const limit of [1, limits.pageEntries])
        expectMatch(await ask(limit), { case: "page" }, `the answer to ${limit}`);
      for (const limit of [0, limits.pageEntries + 1, 0xffff_ffff]) {
        expectMatch(
          await ask(limit),
          { case: "problem", value: { code: ProblemCode.INVALID } },
          `the answer to ${limit}`,
        );
      }
    },
  },
  {
    title: "[LIMIT13] 200 ids can be asked for at once, 201 are INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const ids = Array.from({ length: limits.idsPerRequest + 1 }, freshId);
      for (const [asked, answer] of [
        [ids.slice(1), undefined],
        [ids, ProblemCode.INVALID],
      ] as const) {
        const entries = await device.ask({ case: "entries", value: { conversation: log, ids: asked } });
        const verdicts = await device.ask({ case: "verdicts", value: { log, ids: asked } });
        for (const { value } of [entries, verdicts]) {
          expectEqual(
            value?.$typeName === "parley.v1.Problem" ? value.code : undefined,
            answer,
            `the answer to ${asked.length} ids`,
          );
        }
      }
    },
  },
  {
    title: "[LIMIT14] [MARKS1] 200 marks fit a frame, 201 are TOO_LARGE",
    async run(session) {
      const device = await session.online(await session.person());
      const updates = Array.from({ length: limits.marksPerFrame + 1 }, () => ({ conversation: freshId(), read: 1 }));
      device.send({ case: "marks", value: { updates: updates.slice(1) } });
      await device.settle();
      device.send({ case: "marks", value: { updates } });
      await device.expectProblem(ProblemCode.TOO_LARGE);
    },
  },
  {
    title: "[LIMIT15] 10,000 heads fit Hello where they fit a frame, 10,001 are TOO_LARGE",
    async run(session) {
      const person = await session.person();
      const heads = Array.from({ length: limits.headsPerHello + 1 }, () => ({ conversation: freshId() }));
      const over = await session.connect(person.seat);
      over.send({ case: "hello", value: { device: over.id, heads } });
      await over.expectProblem(ProblemCode.TOO_LARGE);
      // In JSON so many heads are more than a frame has bytes.
      const fitting = session.encoding === "json" ? 5_000 : limits.headsPerHello;
      await (await session.connect(person.seat)).hello({ heads: heads.slice(0, fitting) });
    },
  },
  {
    title: "[LIMIT16] a device's name has at most 100 characters, a longer one is TOO_LARGE",
    async run(session) {
      const { seat } = await session.person();
      const over = await session.connect(seat);
      over.send({ case: "hello", value: { device: over.id, name: "n".repeat(limits.deviceNameCharacters + 1) } });
      await over.expectProblem(ProblemCode.TOO_LARGE);
      await (await session.connect(seat)).hello({ name: "n".repeat(limits.deviceNameCharacters) });
    },
  },
  {
    title: "[LIMIT17] a display name has 1 to 60 characters, a longer one is INVALID",
    async run(session) {
      const person = await session.person();
      const { method } = AccountService;
      const full = "n".repeat(limits.displayNameCharacters);
      expectMatch(
        await session.as(person).call(method.setDisplayName, { displayName: full }),
        { displayName: full },
        "the profile",
      );
      await session.as(person).refused(method.setDisplayName, { displayName: `${full}n` }, ProblemCode.INVALID);
      await session.as(person).call(method.setDisplayName, { displayName: person.displayName });
    },
  },
  {
    title: "[LIMIT20] [SUBMIT1] more unanswered submissions than Welcome's credit end the link with FLOODING",
    async run(session) {
      const device = await session.online(await session.person());
      const submissions = Array.from({ length: limits.submissionsPerFrame }, () => ({
        order: unordered,
        command: Uint8Array.of(1),
      }));
      for (let frame = 0; frame < 20; frame++) device.send({ case: "submit", value: { submissions } });
      await device.expectProblem(ProblemCode.FLOODING);
    },
  },
  {
    title:
      "[LIMIT20] [REQUEST1] 32 requests may be unanswered at once; more are FLOODING, unless they are answered as fast as they come",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = await session.group(device, []);
      const ask = (id: number) =>
        device.send({ case: "request", value: { id, question: { case: "changes", value: { conversation: log } } } });
      const ids = Array.from({ length: 32 }, (_, index) => index + 1);
      ids.forEach(ask);
      await Promise.all(ids.map((id) => device.expect("response", (response) => response.id === id)));
      for (let id = 100; id < 400; id++) ask(id);
      const last = device.expect("response", ({ id }) => id === 399);
      await last.catch(() => device.expectProblem(ProblemCode.FLOODING));
    },
  },
  {
    title:
      "[LIMIT22] [VERDICT5] beyond 2,000 verdicts at once the answer is a Retry that records nothing, and later the command is judged",
    async run(session) {
      const person = await session.person();
      session.spend(person);
      const device = await session.online(person);
      const log = await session.group(device, [], { title: "Fast" });
      for (let frame = 0; frame < 100; frame++) {
        const commands = Array.from({ length: limits.submissionsPerFrame }, () => setTitle(log, "Fast"));
        const answers = await device.submit(commands);
        const limited = answers.find(({ outcome }) => outcome.case === "retry");
        if (limited === undefined) continue;
        expectMatch(limited.outcome, { case: "retry", value: { code: 1 } }, "the answer beyond the limit");
        const waitMs = limited.outcome.case === "retry" ? limited.outcome.value.retryAfterMs : 0;
        expectThat(waitMs > 0 && waitMs < 60_000, "a time to wait", waitMs);
        const known = await device.ask({ case: "verdicts", value: { log, ids: [limited.id] } });
        expectMatch(known, { case: "verdicts", value: { answers: [] } }, "the verdicts after Retry");
        await Bun.sleep(waitMs + 100);
        expectAccepted((await device.submit(commands.filter(({ id }) => id === limited.id)))[0]);
        return;
      }
      throw new Error("6,400 commands at once were not limited.");
    },
  },
];

/** A post of so many bytes: what is missing is a field that no schema has. */
function commandOfSize(log: string, size: number): Uint8Array {
  const bytes = toBinary(CommandSchema, create(CommandSchema, post(log, "large")));
  // Two bytes of tag, and three of length from 16,384 bytes on.
  const filler = size - bytes.length - (size > 16_500 ? 5 : 4);
  const padding = new BinaryWriter().tag(100, WireType.LengthDelimited).bytes(new Uint8Array(filler)).finish();
  return Uint8Array.from([...bytes, ...padding]);
}
