import { type Entry, limits, type MentionPlace, ProblemCode, RejectionCode, Role } from "@parley/protocol";
import {
  addMembers,
  command,
  erase,
  expectAccepted,
  expectRejected,
  post,
  removeMembers,
  setRole,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Messages that name people, and everyone. */
export const mentionCases: readonly ConformanceCase[] = [
  {
    title:
      "[MENTION1] who has the right mentions everyone, others are NOT_ALLOWED; a message that does can be corrected without it",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const [loud, plain] = [sayAll(log), post(log, "plain")];
      expectAccepted((await device.submit([loud]))[0]);
      expectRejected((await other.submit([sayAll(log)]))[0], RejectionCode.NOT_ALLOWED);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.ADMIN)]))[0]);
      const own = sayAll(log);
      (await other.submit([own, plain])).forEach(expectAccepted);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.MEMBER)]))[0]);
      const answers = await other.submit([correctAll(log, own.id), correctAll(log, plain.id)]);
      expectAccepted(answers[0]);
      expectRejected(answers[1], RejectionCode.NOT_ALLOWED);
    },
  },
  {
    title:
      "[MENTION2] [WELCOME4] mentions among the unread are counted in the answer to a mark and in Welcome, as messages come, change and go",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const [one, two, all, none] = [name(log, ben.account), name(log, ben.account), sayAll(log), post(log, "nobody")];
      (await device.submit([one, two, all, none])).forEach(expectAccepted);
      expectMatch(await countOf(other, log, 1), { unread: 4, mentions: 3 }, "the first count");
      (
        await device.submit([erase(log, one.id), rename(log, two.id, freshId()), rename(log, none.id, ben.account)])
      ).forEach(expectAccepted);
      expectMatch(await countOf(other, log, 1), { unread: 3, mentions: 2 }, "after changes");
      expectMatch(await countOf(other, log, 4), { unread: 1, mentions: 1 }, "what is left after a mark");
      const fresh = await session.connect(await session.signIn(ben));
      const { conversations } = await fresh.hello();
      const status = conversations.find(({ head }) => head?.conversation === log);
      expectMatch(status?.read, { unread: 1, mentions: 1 }, "the count in Welcome");
      expectMatch(await countOf(device, log, 1), { unread: 0, mentions: 0 }, "what the author finds");
    },
  },
  {
    title:
      "[MENTIONS1] messages that mention the account are told newest first, in pages, of all its conversations or of one",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const second = await session.group(device, [ben]);
      const ids: string[] = [];
      for (const [index, where] of [log, second, log, second, second].entries()) {
        const said = index === 1 ? sayAll(where) : name(where, ben.account);
        expectAccepted((await device.submit([said, post(where, "nobody")]))[0]);
        ids.unshift(said.id);
      }
      const first = await mentionsOf(other, { limit: 2 });
      expectEqual(idsOf(first.entries), ids.slice(0, 2), "the first page");
      expectThat(first.next !== undefined, "a place to go on from");
      const rest = await mentionsOf(other, { limit: 3, after: first.next });
      expectEqual(idsOf(rest.entries), ids.slice(2, 5), "the second page");
      const inOne = await mentionsOf(other, { conversation: log, limit: limits.mentionsPerPage });
      expectEqual([idsOf(inOne.entries), inOne.next], [[ids[2], ids[4]], undefined], "those of one conversation");
      const own = await mentionsOf(device, { conversation: log, limit: 10 });
      expectEqual(idsOf(own.entries), [], `what ${ana.userName} said is no mention of them`);
    },
  },
  {
    title:
      "[MENTIONS2] a conversation that one was never in is NOT_FOUND; a limit that is not 1 to 50, and what is no id, INVALID",
    async run(session) {
      const { device, log } = await pair(session);
      const stranger = await session.online(await session.person());
      const { NOT_FOUND, INVALID } = ProblemCode;
      await expectProblem(stranger, { conversation: log, limit: 10 }, NOT_FOUND);
      await expectProblem(device, { conversation: freshId(), limit: 10 }, NOT_FOUND);
      for (const limit of [0, limits.mentionsPerPage + 1]) await expectProblem(device, { limit }, INVALID);
      await expectProblem(device, { conversation: "here", limit: 10 }, INVALID);
      await expectProblem(device, { limit: 10, after: { at: 1, conversation: "", ordinal: 1 } }, INVALID);
    },
  },
  {
    title: "[MENTIONS3] what was deleted, names somebody else by now, or lies out of sight is not among the mentions",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const [kept, erased, changed] = [name(log, ben.account), name(log, ben.account), name(log, ben.account)];
      const late = post(log, "named later");
      (await device.submit([kept, erased, changed, late])).forEach(expectAccepted);
      (await device.submit([erase(log, erased.id), rename(log, changed.id, freshId())])).forEach(expectAccepted);
      const inGroup = async () => idsOf((await mentionsOf(other, { conversation: log, limit: 10 })).entries);
      expectEqual(await inGroup(), [kept.id], "what is left");
      const away = name(log, ben.account);
      const steps = [removeMembers(log, [ben.account]), away, rename(log, late.id, ben.account)];
      (await device.submit([...steps, addMembers(log, [ben.account])])).forEach(expectAccepted);
      expectEqual(await inGroup(), [kept.id], "what is in sight");
      (await device.submit([rename(log, late.id, ben.account)])).forEach(expectAccepted);
      expectEqual(await inGroup(), [late.id, kept.id], "once it is changed in sight");
    },
  },
];

const content = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;

function name(log: string, account: string) {
  return command(log, { case: "post", value: { content: content("you"), envelope: { mentions: [account] } } });
}

function sayAll(log: string) {
  return command(log, { case: "post", value: { content: content("@everyone"), envelope: { everyone: true } } });
}

function rename(log: string, target: string, account: string) {
  const value = { target, content: content("somebody"), envelope: { mentions: [account] } };
  return command(log, { case: "edit", value });
}

function correctAll(log: string, target: string) {
  return command(log, { case: "edit", value: { target, content: content("all!"), envelope: { everyone: true } } });
}

interface Asked {
  readonly conversation?: string;
  readonly limit: number;
  readonly after?: Omit<MentionPlace, "$typeName">;
}

async function mentionsOf(device: RawDevice, asked: Asked) {
  const answer = await device.ask({ case: "mentions", value: asked });
  expectThat(answer.case === "mentions", "mentions", answer);
  return answer.value;
}

async function expectProblem(device: RawDevice, asked: Asked, code: ProblemCode): Promise<void> {
  const answer = await device.ask({ case: "mentions", value: asked });
  expectMatch(answer, { case: "problem", value: { code } }, "the answer");
}

function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ id }) => id);
}

/** What is unread after a mark, as its answer says. */
async function countOf(device: RawDevice, log: string, read: number) {
  device.send({ case: "marks", value: { updates: [{ conversation: log, read }] } });
  const { readStates } = await device.expect("registers", (told) =>
    told.readStates.some(({ conversation }) => conversation === log),
  );
  return readStates.find(({ conversation }) => conversation === log);
}
