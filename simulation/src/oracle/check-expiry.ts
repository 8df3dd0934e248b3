import { disappearsAt, expiryAtPosting, expiryOf, expiryOnceRead, isExpired, isVisible } from "@parley/log";
import { type Entry, type Event, followerCommandId } from "@parley/protocol";
import type { EntryHistory, LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** How far members are told to have read a conversation. */
export interface Reader {
  readonly account: string;
  readonly conversation: string;
  readonly shown: number;
}

/** A device may take the time for so much later than it is. */
const MOST_AHEAD_MS = 13 * 3_600_000;

/** What the server does by itself with a message that disappears. */
export function isOfExpiry({ id, body }: Event): boolean {
  if (body.case === "erased") return body.value.expired && id === idOf("expired-messages", body.value.target);
  return body.case === "expiryBegun" && id === idOf("read-messages", body.value.target);
}

function idOf(what: string, message: string): string {
  return followerCommandId(what, message, 1);
}

/** Judges what the server has done by itself: with a message that disappears, in its author's name, and not before its time. */
export function checkOfExpiry(history: LogHistory, event: Event): Violation[] {
  const { seq, log, ordinal, author, receivedAt, body } = event;
  if (body.case !== "erased" && body.case !== "expiryBegun") return [];
  const message = history.historyOf(body.value.target)?.at(-1);
  const where = `event ${seq} of ${log}, ${body.case} ${body.value.target}`;
  if (seq !== history.head + 1 || ordinal !== 0) return [{ rule: "LOG1", detail: `${where} after ${history.head}` }];
  const expiry = message && expiryOf(message);
  if (message === undefined || expiry === undefined) return [{ rule: "DIS3", detail: `${where}, which stays` }];
  if (author !== message.author) return [{ rule: "DIS2", detail: `${where}, by ${author}` }];
  if (body.case === "erased") {
    return receivedAt >= expiry.at ? [] : [{ rule: "DIS3", detail: `${where}, ${expiry.at - receivedAt} ms early` }];
  }
  const latest = expiryOnceRead(expiry, receivedAt);
  const isRight = !expiry.running && body.value.at <= latest && body.value.at >= message.receivedAt;
  return isRight ? [] : [{ rule: "DIS2", detail: `${where}, as of ${body.value.at}` }];
}

/** A message says when it disappears by the timer of the moment: its conversation's, or of that which a thread belongs to. */
export function checkStamped(history: LogHistory, { seq, log, parentSeq, receivedAt, body }: Event): Violation[] {
  const { state } = history;
  if (body.case !== "posted" || state === undefined) return [];
  const seconds = (history.parent === undefined ? state : history.parent.stateAt(parentSeq))?.timerSeconds ?? 0;
  const expected = seconds === 0 ? undefined : expiryAtPosting(seconds, state.kind, receivedAt);
  const { expiry } = body.value;
  if (expiry?.at === expected?.at && expiry?.running === expected?.running) return [];
  return [{ rule: "DIS1", detail: `message ${seq} of ${log} disappears at ${expiry?.at}, not at ${expected?.at}` }];
}

/** At rest nothing is left whose time is over, and of what others show to have read the time has begun. */
export function checkExpiriesAtRest(
  logs: ReadonlyMap<string, LogHistory>,
  readers: readonly Reader[],
  now: number,
): Violation[] {
  const violations: Violation[] = [];
  for (const [id, history] of logs) {
    const marks = readers.filter(({ conversation }) => conversation === id);
    for (let ordinal = 1; ordinal <= history.entryHead; ordinal++) {
      const message = history.historyAt(ordinal)?.at(-1);
      const expiry = message && expiryOf(message);
      if (message === undefined || expiry === undefined) continue;
      const where = `${message.id} of ${id}`;
      if (expiry.at <= now)
        violations.push({ rule: "DIS3", detail: `${where} is left ${now - expiry.at} ms too long` });
      const isRead = marks.some(
        ({ account, shown }) => account !== message.author && shown >= ordinal && sees(history, account, message),
      );
      if (isRead && !expiry.running) violations.push({ rule: "DIS2", detail: `${where} was read, and goes on` });
      if (!isRead && expiry.running && history.state?.members.length !== 1)
        violations.push({ rule: "DIS2", detail: `${where} was read by nobody, and goes` });
    }
  }
  return violations;
}

function sees(history: LogHistory, account: string, { seq }: Entry): boolean {
  return isVisible(history.intervals(account), seq);
}

/** Whether a device may have erased a message by its own clock: its time has come, or a clock that is ahead says so. */
export function mayBeOver(versions: EntryHistory | undefined, now: number): boolean {
  const newest = versions?.at(-1);
  if (newest === undefined) return false;
  return (
    isExpired(newest) ||
    (versions ?? []).some((entry) => (disappearsAt(entry) ?? Number.POSITIVE_INFINITY) <= now + MOST_AHEAD_MS)
  );
}

/** Whether a row is one that a device has erased by its own clock. */
export function isErasedHere(entry: Entry): boolean {
  return isExpired(entry) && expiryOf(entry) !== undefined;
}
