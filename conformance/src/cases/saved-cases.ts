import { limits, RejectionCode } from "@parley/protocol";
import { command, ensureThread, erase, expectAccepted, expectRejected, leave, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** The messages that an account has saved, on all its devices. */
export const savedCases: readonly ConformanceCase[] = [
  {
    title: "[SAVED1] [ACCOUNT7] what is saved, and what no more, reaches all devices of its account, and nobody else",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      session.spend(ana);
      const message = post(log, "worth keeping");
      expectAccepted((await other.submit([message]))[0]);
      const second = await session.onlineAt(await session.signIn(ana));
      for (const saved of [true, false]) {
        const wish = save(ana.account, log, message.id, saved);
        const seq = expectAccepted((await device.submit([wish]))[0]);
        const value = { conversation: log, message: message.id, ordinal: 2, saved };
        for (const each of [device, second]) {
          const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
          expectMatch(told, { seq, body: { case: "savedSet", value } }, "the account event");
        }
        const again = save(ana.account, log, message.id, saved);
        expectEqual(expectAccepted((await device.submit([again]))[0]), seq + 1, "the seq of what changes nothing");
        expectEqual(
          (await device.expect("accountEvent", ({ id }) => id === again.id)).body.case,
          "noEffect",
          "what it did",
        );
      }
      await other.settle();
      expectEqual(
        other.all("accountEvent").filter(({ body }) => body.case === "savedSet"),
        [],
        "what others hear",
      );
    },
  },
  {
    title: "[SAVED2] only a message that is there and that one may see is saved, and only in one's own account log",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      session.spend(ana);
      const cem = await session.person();
      const stranger = await session.online(cem);
      const [kept, erased] = [post(log, "kept"), post(log, "erased")];
      for (const answer of await device.submit([kept, erased, erase(log, erased.id)])) expectAccepted(answer);
      const cases: [RawDevice, string, string, RejectionCode][] = [
        [stranger, cem.account, kept.id, RejectionCode.NOT_FOUND],
        [device, ben.account, kept.id, RejectionCode.NOT_ALLOWED],
        [device, log, kept.id, RejectionCode.NOT_ALLOWED],
        [device, ana.account, freshId(), RejectionCode.TARGET_NOT_FOUND],
        [device, ana.account, erased.id, RejectionCode.TARGET_DELETED],
        [device, ana.account, "no id", RejectionCode.INVALID],
      ];
      for (const [from, where, message, code] of cases) {
        expectRejected((await from.submit([save(where, log, message, true)]))[0], code);
      }
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectAccepted((await other.submit([save(ben.account, log, kept.id, true)]))[0]);
      const late = post(log, "after that");
      expectAccepted((await device.submit([late]))[0]);
      expectRejected((await other.submit([save(ben.account, log, late.id, true)]))[0], RejectionCode.TARGET_NOT_FOUND);
    },
  },
  {
    title:
      "[ACCOUNT7] [WELCOME7] a message of a thread is saved, also by who does not follow it, and told with where that is",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      session.spend(ana);
      const root = post(log, "root");
      expectAccepted((await other.submit([root]))[0]);
      const begun = ensureThread(log, root.id);
      const message = post(begun.log, "worth keeping");
      (await other.submit([begun, message])).forEach(expectAccepted);
      const wish = save(ana.account, begun.log, message.id, true);
      expectAccepted((await device.submit([wish]))[0]);
      const place = { conversation: begun.log, message: message.id, ordinal: 2, parent: log, root: root.id };
      const told = await device.expect("accountEvent", ({ id }) => id === wish.id);
      expectMatch(told.body, { case: "savedSet", value: { ...place, saved: true } }, "the account event");
      const fresh = await session.connect(await session.signIn(ana));
      const saved = (await fresh.hello()).preferences?.saved.find((one) => one.message === message.id);
      expectMatch(saved, place, "what a new device is told");
    },
  },
  {
    title: "[SAVED3] what was deleted stays saved until one wants it no more",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const message = post(log, "soon gone");
      const wishes = [message, save(ana.account, log, message.id, true), erase(log, message.id)];
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      const fresh = await session.connect(await session.signIn(ana));
      const told = (await fresh.hello()).preferences?.saved.map((one) => one.message);
      expectEqual(told, [message.id], "what is saved");
      expectAccepted((await device.submit([save(ana.account, log, message.id, false)]))[0]);
    },
  },
  {
    title: "[LIMIT36] one saved message more than 1,000 is SAVED_FULL",
    async run(session) {
      const { log, ana, device } = await pair(session, { newcomer: true });
      session.spend(ana);
      const messages = Array.from({ length: limits.savedPerAccount + 1 }, (_, index) => post(log, `${index}`));
      for (const part of inParts(messages)) for (const answer of await device.submit(part)) expectAccepted(answer);
      const wishes = messages.map(({ id }) => save(ana.account, log, id, true));
      const last = wishes.pop();
      for (const part of inParts(wishes)) for (const answer of await device.submit(part)) expectAccepted(answer);
      if (last === undefined) throw new Error("unreachable");
      expectRejected((await device.submit([last]))[0], RejectionCode.SAVED_FULL);
    },
  },
  {
    title:
      "[WELCOME7] who names no account head is told what is saved, in the order in which it was; who names one, nothing of it",
    async run(session) {
      const { log, ana, device } = await pair(session, { newcomer: true });
      // Others count on somebody who has saved nothing.
      session.spend(ana);
      const [one, other] = [post(log, "one"), post(log, "other")];
      const wishes = [one, other, save(ana.account, log, other.id, true), save(ana.account, log, one.id, true)];
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      const fresh = await session.connect(await session.signIn(ana));
      const { incarnation, accountHead, preferences } = await fresh.hello();
      const told = preferences?.saved.map(({ conversation, message, ordinal }) => ({ conversation, message, ordinal }));
      const saved = [
        { conversation: log, message: other.id, ordinal: 3 },
        { conversation: log, message: one.id, ordinal: 2 },
      ];
      expectEqual(told, saved, "what is saved");
      const back = await session.connect(ana.seat);
      expectEqual((await back.hello({ incarnation, accountHead })).preferences, undefined, "to who knows");
    },
  },
];

function save(log: string, conversation: string, message: string, saved: boolean) {
  return command(log, { case: "setSaved", value: { conversation, message, saved } });
}

function inParts<Part>(all: readonly Part[]): Part[][] {
  const parts: Part[][] = [];
  for (let at = 0; at < all.length; at += limits.submissionsPerFrame) {
    parts.push(all.slice(at, at + limits.submissionsPerFrame));
  }
  return parts;
}
