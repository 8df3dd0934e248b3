import { AccountService, limits, ProblemCode, RejectionCode } from "@parley/protocol";
import { command, createGroup, expectAccepted, expectRejected, post, react, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";

/** Bounds of fields: what lies on the bound passes, what lies beyond is refused. */
export const fieldLimitCases: readonly ConformanceCase[] = [
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
];
