import { AccountService, type Expiry, limits, notesConversationId, RejectionCode, uuidVersion } from "@parley/protocol";
import { command, edit, ensureThread, expectAccepted, expectRejected, leave, post, setTimer } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { entryOf, pair, rowOf } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

const MINUTE = 60;
/** The shortest there is. */
const SHORTEST = limits.timerSecondsLeast;
/** For the server to do what is due, and to tell it. */
const PATIENCE_MS = (SHORTEST + 10) * 1_000;

/** Messages that disappear. */
export const timerCases: readonly ConformanceCase[] = [
  {
    title: "[TIMER1] a timer is set by members, is part of the conversation's state, and makes an entry",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const wish = setTimer(log, MINUTE);
      const seq = expectAccepted((await other.submit([wish]))[0]);
      const { event } = await device.expect("event", ({ event: one }) => one?.id === wish.id);
      expectMatch(event, { seq, ordinal: 2, body: { case: "timerSet", value: { seconds: MINUTE } } }, "the event");
      expectAccepted((await device.submit([setTimer(log, MINUTE)]))[0]);
      const again = await device.expect("event", ({ event: one }) => one?.seq === seq + 1);
      expectEqual(again.event?.body.case, "noEffect", "the same again");
      const fresh = await session.onlineAt(await session.signIn(ana));
      const { state } = await fresh.expect("reset", ({ state: one }) => one?.id === log);
      expectEqual(state?.timerSeconds, MINUTE, "the timer of the state");
      expectAccepted((await device.submit([setTimer(log, 0)]))[0]);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([setTimer(log, MINUTE)]))[0], RejectionCode.NOT_MEMBER);
    },
  },
  {
    title: "[LIMIT95] a timer is 0, or from 5 seconds to 366 days",
    async run(session) {
      const { log, device } = await pair(session);
      for (const seconds of [1, 4, limits.timerSecondsMost + 1, 0xffff_ffff]) {
        expectRejected((await device.submit([setTimer(log, seconds)]))[0], RejectionCode.INVALID);
      }
      for (const seconds of [SHORTEST, limits.timerSecondsMost, 0]) {
        expectAccepted((await device.submit([setTimer(log, seconds)]))[0]);
      }
    },
  },
  {
    title: "[TIMER2] [ROWS75] what is posted says when it disappears, whatever is set or edited later",
    async run(session) {
      const { log, device, other } = await pair(session);
      const [before, timed, after] = [post(log, "stays"), post(log, "goes"), post(log, "stays, too")];
      const steps = [before, setTimer(log, MINUTE), timed, setTimer(log, 0), after, edit(log, timed.id, "goes, too")];
      for (const answer of await device.submit(steps)) expectAccepted(answer);
      const { event } = await other.expect("event", ({ event: one }) => one?.id === timed.id);
      const at = (event?.receivedAt ?? 0) + MINUTE * 1_000 + limits.expiryUnreadMs;
      const expiry = { seconds: MINUTE, at, running: false };
      expectMatch(event?.body.value, { expiry }, "what the event says");
      expectMatch(await expiryOf(device, log, timed.id), expiry, "what the row says");
      for (const { id } of [before, after]) expectEqual(await expiryOf(device, log, id), undefined, "what stays");
    },
  },
  {
    title: "[TIMER2] messages of a thread have the timer of its parent, and it has none of its own",
    async run(session) {
      const { log, device } = await pair(session);
      const root = post(log, "root");
      const begin = ensureThread(log, root.id);
      const below = post(begin.log, "below");
      for (const answer of await device.submit([root, begin, setTimer(log, MINUTE), below])) expectAccepted(answer);
      expectMatch(await expiryOf(device, begin.log, below.id), { seconds: MINUTE }, "what the row says");
      expectRejected((await device.submit([setTimer(begin.log, MINUTE)]))[0], RejectionCode.NOT_ALLOWED);
    },
  },
  {
    title: "[TIMER3] once somebody else has read it, it disappears that long after; the log does not say who",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const message = post(log, "to be read");
      for (const answer of await device.submit([setTimer(log, MINUTE), message])) expectAccepted(answer);
      device.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 9, read: 9 }] } });
      await device.settle();
      expectMatch(await expiryOf(device, log, message.id), { running: false }, "what its author has read");
      const earliest = Date.now();
      other.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 9, read: 9 }] } });
      for (const each of [device, other]) {
        const { event } = await each.expect("event", ({ event: one }) => one?.body.case === "expiryBegun");
        expectMatch(event, { author: ana.account, ordinal: 0, body: { value: { target: message.id } } }, "the event");
        expectEqual(uuidVersion(event?.id ?? ""), 8, "the version of its id");
      }
      const begun = await expiryOf(device, log, message.id);
      expectMatch(begun, { seconds: MINUTE, running: true }, "what the row says");
      const readAt = (begun?.at ?? 0) - MINUTE * 1_000;
      expectThat(Math.abs(readAt - earliest) < 30_000, "the time to begin when it was read", readAt - earliest);
    },
  },
  {
    title: "[TIMER4] who hides what they read begins nothing; in notes the time begins with the message",
    async run(session) {
      // Of their own: others use the two who are there to read openly.
      const [ana, ben] = [await session.person(), await session.person()];
      const [device, other] = [await session.online(ana), await session.online(ben)];
      const log = await session.group(device, [ben]);
      await session.as(ben).call(AccountService.method.setPrivacy, { hidesReads: true });
      const message = post(log, "read secretly");
      for (const answer of await device.submit([setTimer(log, MINUTE), message])) expectAccepted(answer);
      other.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 9, read: 9 }] } });
      await other.settle();
      expectMatch(await expiryOf(device, log, message.id), { running: false }, "what is read secretly");
      const notes = notesConversationId(ana.account);
      const note = post(notes, "to myself");
      const begin = command(notes, { case: "create", value: { kind: 4, encryption: 1, history: 2 } });
      for (const answer of await device.submit([begin, setTimer(notes, MINUTE), note])) expectAccepted(answer);
      const row = await entryOf(device, notes, note.id);
      const at = (row?.receivedAt ?? 0) + MINUTE * 1_000;
      expectMatch(row?.body.value, { expiry: { seconds: MINUTE, at, running: true } }, "what a note says");
    },
  },
  {
    title: "[TIMER5] at its time it is erased for everyone, by the server and once",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const message = post(log, "soon gone");
      for (const answer of await device.submit([setTimer(log, SHORTEST), message])) expectAccepted(answer);
      other.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 9, read: 9 }] } });
      await device.expect("event", ({ event: one }) => one?.body.case === "expiryBegun");
      const { at = 0 } = (await expiryOf(device, log, message.id)) ?? {};
      expectAccepted((await device.submit([leave(log)]))[0]);
      const { event } = await other.expect("event", ({ event: one }) => one?.body.case === "erased", PATIENCE_MS);
      const value = { target: message.id, expired: true };
      expectMatch(event, { author: ana.account, body: { case: "erased", value } }, "the event");
      expectThat((event?.receivedAt ?? 0) >= at, "nothing to be erased early", (event?.receivedAt ?? 0) - at);
      const row = await rowOf(other, log, message.id);
      expectMatch(row.state, { case: "deleted", value: { by: ana.account, expired: true } }, "the row");
      expectEqual(row.expiry, undefined, "the expiry of what is gone");
      const told = await device.expect("accountEvent", ({ body }) => body.case === "erasedElsewhere", PATIENCE_MS);
      expectMatch(told.body.value, { target: message.id }, "what its author is told, who has left");
      await other.settle();
      const erasures = other.all("event").filter(({ event: one }) => one?.body.case === "erased");
      expectEqual(erasures.length, 1, "how often it is erased");
    },
  },
];

async function expiryOf(device: RawDevice, log: string, id: string): Promise<Expiry | undefined> {
  return (await rowOf(device, log, id)).expiry;
}
