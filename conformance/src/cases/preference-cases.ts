import { limits, RejectionCode, type SetPreference } from "@parley/protocol";
import {
  command,
  createGroup,
  expectAccepted,
  expectRejected,
  leave,
  setTitle,
  verdictOf,
  withdraw,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

type Setting = SetPreference["setting"];

const pinned = (value: boolean): Setting => ({ case: "pinned", value });
const mutedUntil = (value: number): Setting => ({ case: "mutedUntil", value });
const markedUnread = (value: boolean): Setting => ({ case: "markedUnread", value });
const archivedUpTo = (value: number): Setting => ({ case: "archivedUpTo", value });

/** How an account treats its conversations, on all its devices. */
export const preferenceCases: readonly ConformanceCase[] = [
  {
    title:
      "[PREFERENCE1] [ACCOUNT5] a setting reaches all devices of its account, and nobody else, with the seq of its verdict",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const until = mutedUntil(limits.mutedForGood);
      for (const setting of [pinned(true), until, archivedUpTo(1), markedUnread(true), pinned(false)]) {
        const wish = prefer(ana.account, log, setting);
        const seq = expectAccepted((await device.submit([wish]))[0]);
        const told = { seq, body: { case: "preferenceSet", value: { conversation: log, setting } } };
        for (const each of [device, second]) {
          expectMatch(await each.expect("accountEvent", ({ id }) => id === wish.id), told, "the account event");
        }
      }
      await other.settle();
      const heard = other.all("accountEvent").filter(({ body }) => body.case === "preferenceSet");
      expectEqual(heard, [], "what others hear");
    },
  },
  {
    title:
      "[PREFERENCE2] [ACCOUNT6] what changes nothing, and what is withdrawn, takes a seq of the account log all the same",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const [first, again] = [1, 2].map(() => prefer(ana.account, log, pinned(true)));
      if (first === undefined || again === undefined) throw new Error("unreachable");
      const [one, other, copy] = await device.submit([first, again, first]);
      expectEqual(expectAccepted(other), expectAccepted(one) + 1, "the seq of the second");
      expectEqual(verdictOf(copy), verdictOf(one), "the verdict of the copy");
      const told = await device.expect("accountEvent", ({ id }) => id === again.id);
      expectEqual(told.body.case, "noEffect", "what the second did");
      const late = prefer(ana.account, log, archivedUpTo(1));
      const [withdrawn, lateAnswer] = await device.submit([withdraw(ana.account, late.id), late]);
      expectAccepted(withdrawn);
      expectRejected(lateAnswer, RejectionCode.WITHDRAWN);
    },
  },
  {
    title:
      "[PREFERENCE3] only in one's own account log, of a conversation that one is or was in, with a setting that is known",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      const cem = await session.person();
      const stranger = await session.online(cem);
      const cases: [RawDevice, string, Setting, RejectionCode][] = [
        [stranger, cem.account, pinned(true), RejectionCode.NOT_FOUND],
        [device, ben.account, pinned(true), RejectionCode.NOT_ALLOWED],
        [device, log, pinned(true), RejectionCode.NOT_ALLOWED],
        [device, ana.account, { case: undefined }, RejectionCode.NOT_SUPPORTED],
        [device, ana.account, mutedUntil(-1), RejectionCode.INVALID],
        [device, ana.account, mutedUntil(0.5), RejectionCode.INVALID],
        [device, ana.account, mutedUntil(limits.mutedForGood * 2), RejectionCode.INVALID],
      ];
      for (const [from, where, setting, code] of cases) {
        expectRejected((await from.submit([prefer(where, log, setting)]))[0], code);
      }
      expectRejected((await device.submit([setTitle(ana.account, "mine")]))[0], RejectionCode.NOT_SUPPORTED);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectAccepted((await other.submit([prefer(ben.account, log, pinned(true))]))[0]);
    },
  },
  {
    title: "[PREFERENCE4] nothing is archived beyond the end that the conversation has",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const wish = prefer(ana.account, log, archivedUpTo(0xffff_ffff));
      expectAccepted((await device.submit([wish]))[0]);
      const { body } = await device.expect("accountEvent", ({ id }) => id === wish.id);
      expectMatch(body, { value: { setting: archivedUpTo(1) } }, "the account event");
    },
  },
  {
    title: "[LIMIT30] one pinned conversation more than 50 is PINS_FULL",
    async run(session) {
      const ana = await session.newcomer();
      session.spend(ana);
      const device = await session.online(ana);
      const groups = Array.from({ length: limits.pinsPerAccount + 1 }, () => createGroup([]));
      for (const answer of await device.submit(groups)) expectAccepted(answer);
      const wishes = groups.map(({ log }) => prefer(ana.account, log, pinned(true)));
      const answers = await device.submit(wishes);
      for (const answer of answers.slice(0, -1)) expectAccepted(answer);
      expectRejected(answers.at(-1), RejectionCode.PINS_FULL);
    },
  },
  {
    title: "[WELCOME6] who names no account head is told what is set; who names one, what changed since",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const wishes = [pinned(true), mutedUntil(limits.mutedForGood), archivedUpTo(1), markedUnread(true)].map(
        (setting) => prefer(ana.account, log, setting),
      );
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      const shared = { conversation: log, mutedUntil: limits.mutedForGood, archivedUpTo: 1, markedUnread: true };
      const settings = { ...shared, pinned: true };
      const fresh = await session.connect(await session.signIn(ana));
      const { incarnation, accountHead, preferences } = await fresh.hello();
      expectMatch(
        preferences?.conversations.find(({ conversation }) => conversation === log),
        settings,
        "what is set",
      );
      const change = prefer(ana.account, log, pinned(false));
      expectAccepted((await device.submit([change]))[0]);
      const back = await session.connect(ana.seat);
      expectEqual((await back.hello({ incarnation, accountHead })).preferences, undefined, "what is set, to who knows");
      const told = await back.expect("accountEvent", () => true);
      expectEqual([told.seq, told.id], [accountHead + 1, change.id], "the first event since");
      for (const ahead of [0, accountHead + 9]) {
        const again = await session.connect(ana.seat);
        const welcome = await again.hello({ incarnation, accountHead: ahead });
        const now = welcome.preferences?.conversations.find(({ conversation }) => conversation === log);
        expectMatch(now, { ...settings, pinned: false }, `what is set, to who names ${ahead}`);
      }
    },
  },
];

function prefer(log: string, conversation: string, setting: Setting) {
  return command(log, { case: "setPreference", value: { conversation, setting } });
}
