import { create } from "@bufbuild/protobuf";
import { expiryOf, expiryOnceRead } from "@parley/log";
import {
  CommandSchema,
  type Entry,
  ErasedSchema,
  type Event,
  ExpiryBegunSchema,
  followerCommandId,
  OrderSchema,
} from "@parley/protocol";
import type { DueRecord, PlacedInterval } from "../log/records.ts";
import { appendOwn, type JudgeParts, type Session } from "./judge.ts";

/** Name the ids of what is made; never change. */
const EXPIRY = "expired-messages";
const READING = "read-messages";

/** So many messages that somebody has read share a transaction. */
const READ_AT_ONCE = 64;

/** Erases a message whose time is over, as if its author had deleted it for everyone; the author may have left since. */
export async function expire(due: DueRecord, session: Session, parts: JudgeParts): Promise<void> {
  const { conversation, subject: target } = due;
  const message = await (await session.ledger.log(conversation))?.entry(target);
  if (message === undefined || expiryOf(message) === undefined) return session.ledger.transaction.forgetDue(due);
  const value = create(ErasedSchema, { target, expired: true });
  await happen(EXPIRY, message, { case: "erased", value }, session, parts);
}

/** Has the time begin of what somebody has read first; what one transaction does not hold stays due. */
export async function beginExpiries(due: DueRecord, session: Session, parts: JudgeParts): Promise<void> {
  const { account, conversation, at: readAt } = due;
  const { transaction } = session.ledger;
  const log = await session.ledger.log(conversation);
  const membership = await transaction.membership(account, conversation);
  const read: string[] = [];
  for (const interval of membership?.member.intervals ?? []) {
    const run = { from: interval.fromOrdinal, to: endOf(interval, membership?.shown ?? 0) };
    read.push(...(await transaction.unreadExpiries(conversation, run, account, READ_AT_ONCE - read.length)));
  }
  for (const target of read) {
    const message = await log?.entry(target);
    const expiry = message && expiryOf(message);
    if (message === undefined || expiry === undefined) throw new Error(`There is no message ${target} to be read.`);
    const value = create(ExpiryBegunSchema, { target, at: expiryOnceRead(expiry, readAt) });
    if (!(await happen(READING, message, { case: "expiryBegun", value }, session, parts))) return;
  }
  if (read.length < READ_AT_ONCE) await transaction.forgetDue(due);
}

function endOf({ toOrdinal }: PlacedInterval, read: number): number {
  return toOrdinal === 0 ? read : Math.min(toOrdinal, read);
}

/** What happens to a message by itself, once for each message. False where it cannot happen yet, and stays due. */
function happen(
  what: string,
  message: Entry,
  body: Event["body"],
  session: Session,
  parts: JudgeParts,
): Promise<boolean> {
  const { author: account, conversation: log } = message;
  const id = followerCommandId(what, message.id, 1);
  const command = create(CommandSchema, { id, log, sentAt: session.receivedAt });
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  return appendOwn({ account, device: undefined, order, command, commandBytes: 0, ...session }, body, parts);
}
