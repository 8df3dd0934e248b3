import { limits, RejectionCode } from "@parley/protocol";
import { command, erase, expectAccepted, expectRejected, leave, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Messages that an account has deleted for itself. */
export const hiddenCases: readonly ConformanceCase[] = [
  {
    title:
      "[HIDE1] [HIDE3] [ACCOUNT8] what is hidden is told to all devices of its account, and nobody else; pages stay as they were",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const posts = ["one", "two", "three", "four"].map((text) => post(log, text));
      for (const answer of await other.submit(posts)) expectAccepted(answer);
      const [one = "", two = "", , four = ""] = posts.map(({ id }) => id);
      const second = await session.onlineAt(await session.signIn(ana));
      const wish = hide(ana.account, log, two, four, one);
      const seq = expectAccepted((await device.submit([wish]))[0]);
      const runs = [
        { from: 2, to: 3 },
        { from: 5, to: 5 },
      ];
      for (const each of [device, second]) {
        const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
        expectMatch(
          told,
          { seq, body: { case: "messagesHidden", value: { conversation: log, runs } } },
          "the account event",
        );
      }
      const again = hide(ana.account, log, two);
      expectEqual(expectAccepted((await device.submit([again]))[0]), seq + 1, "the seq of what changes nothing");
      expectEqual(
        (await device.expect("accountEvent", ({ id }) => id === again.id)).body.case,
        "noEffect",
        "what it did",
      );
      expectMatch(await entryOf(device, log, two), { id: two, body: { case: "message" } }, "the row");
      await other.settle();
      expectEqual(
        other.all("accountEvent").filter(({ body }) => body.case === "messagesHidden"),
        [],
        "what others hear",
      );
    },
  },
  {
    title:
      "[HIDE2] [LIMIT37] only messages that one may see are hidden, all or none, and only in one's own account log",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      const cem = await session.person();
      const stranger = await session.online(cem);
      const [kept, erased] = [post(log, "kept"), post(log, "erased")];
      for (const answer of await device.submit([kept, erased, erase(log, erased.id)])) expectAccepted(answer);
      const tooMany = Array.from({ length: limits.hiddenAtOnce + 1 }, freshId);
      const cases: [RawDevice, string, readonly string[], RejectionCode][] = [
        [stranger, cem.account, [kept.id], RejectionCode.NOT_FOUND],
        [device, ben.account, [kept.id], RejectionCode.NOT_ALLOWED],
        [device, log, [kept.id], RejectionCode.NOT_ALLOWED],
        [device, ana.account, [kept.id, freshId()], RejectionCode.TARGET_NOT_FOUND],
        [device, ana.account, [], RejectionCode.INVALID],
        [device, ana.account, ["no id"], RejectionCode.INVALID],
        [device, ana.account, tooMany, RejectionCode.INVALID],
      ];
      for (const [from, where, messages, code] of cases) {
        expectRejected((await from.submit([hide(where, log, ...messages)]))[0], code);
      }
      expectAccepted((await device.submit([hide(ana.account, log, erased.id)]))[0]);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectAccepted((await other.submit([hide(ben.account, log, kept.id)]))[0]);
    },
  },
  {
    title:
      "[HIDE4] [WELCOME8] what is hidden is not unread, in the answer to a mark and in Welcome, which tells it to who names no account head",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const posts = ["one", "two", "three"].map((text) => post(log, text));
      for (const answer of await other.submit(posts)) expectAccepted(answer);
      const wish = hide(ana.account, log, posts[1]?.id ?? "");
      const accountAsOf = expectAccepted((await device.submit([wish]))[0]);
      device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 4, read: 2 }] } });
      const { readStates } = await device.expect("registers", (told) => told.readStates.some(({ read }) => read === 2));
      expectMatch(
        readStates.find(({ conversation }) => conversation === log),
        { read: 2, unread: 1, accountAsOf },
        "the answer to the mark",
      );
      const fresh = await session.connect(await session.signIn(ana));
      const { conversations, preferences, incarnation, accountHead } = await fresh.hello();
      const status = conversations.find(({ head }) => head?.conversation === log);
      expectMatch(status?.read, { read: 2, unread: 1, accountAsOf: accountHead }, "the count in Welcome");
      expectMatch(
        preferences?.hidden.find(({ conversation }) => conversation === log),
        { runs: [{ from: 3, to: 3 }] },
        "what is hidden",
      );
      const back = await session.connect(ana.seat);
      expectEqual((await back.hello({ incarnation, accountHead })).preferences, undefined, "to who knows");
    },
  },
  {
    title:
      "[HIDE5] [HIDE6] [WELCOME8] a conversation is cleared up to an entry, which its id names, and taken out of the list",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const posts = ["one", "two", "three"].map((text) => post(log, text));
      for (const answer of await other.submit(posts)) expectAccepted(answer);
      const [, two = "", three = ""] = posts.map(({ id }) => id);
      const wish = clear(ana.account, log, two, false);
      const seq = expectAccepted((await device.submit([wish]))[0]);
      expectMatch(
        await device.expect("accountEvent", ({ id }) => id === wish.id),
        {
          seq,
          body: { case: "messagesHidden", value: { conversation: log, runs: [{ from: 1, to: 3 }], unlists: false } },
        },
        "the account event",
      );
      const again = clear(ana.account, log, two, false);
      expectAccepted((await device.submit([again]))[0]);
      const repeated = await device.expect("accountEvent", ({ id }) => id === again.id);
      expectEqual(repeated.body.case, "noEffect", "what the same did again");
      device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 4, read: 1 }] } });
      const { readStates } = await device.expect("registers", (told) => told.readStates.some(({ read }) => read === 1));
      expectMatch(
        readStates.find(({ conversation }) => conversation === log),
        { unread: 1 },
        "the count",
      );
      const unlisting = clear(ana.account, log, three, true);
      expectAccepted((await device.submit([unlisting]))[0]);
      expectMatch(
        (await device.expect("accountEvent", ({ id }) => id === unlisting.id)).body,
        { case: "messagesHidden", value: { conversation: log, runs: [{ from: 1, to: 4 }], unlists: true } },
        "what takes it out of the list",
      );
      const fresh = await session.connect(await session.signIn(ana));
      const { conversations, preferences } = await fresh.hello();
      const status = conversations.find(({ head }) => head?.conversation === log);
      expectMatch(status?.read, { read: 1, unread: 0 }, "the count in Welcome");
      expectMatch(
        preferences?.hidden.find(({ conversation }) => conversation === log),
        { runs: [{ from: 1, to: 4 }], unlistedUpTo: 4 },
        "what is hidden",
      );
      const wrong = [
        clear(ana.account, log, freshId(), false),
        command(ana.account, { case: "hideMessages", value: { conversation: log, messages: [two, three], upTo: 4 } }),
        command(ana.account, { case: "hideMessages", value: { conversation: log, messages: [two], unlists: true } }),
      ];
      const [unknown, both, alone] = await device.submit(wrong);
      expectRejected(unknown, RejectionCode.TARGET_NOT_FOUND);
      expectRejected(both, RejectionCode.INVALID);
      expectRejected(alone, RejectionCode.INVALID);
    },
  },
];

/** @param last what it ends with; that it is the first entry, as the command says, is not true */
function clear(log: string, conversation: string, last: string, unlists: boolean) {
  return command(log, { case: "hideMessages", value: { conversation, messages: [last], upTo: 1, unlists } });
}

function hide(log: string, conversation: string, ...messages: readonly string[]) {
  return command(log, { case: "hideMessages", value: { conversation, messages: [...messages] } });
}
