import { clampMarks, type Marks, mergeMarks, type Range } from "@parley/log";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { MarkOutcome, MarkRequest } from "../log/log-writer.ts";
import type { Membership } from "../log/records.ts";
import { newestVisible, viewpointOf } from "../log/viewpoint.ts";
import { waitsForMember } from "./message-requests.ts";

/** Keeps a mark from pointing beyond what its owner may see. */
export type MarkClamp = (marks: Marks, entryHead: number) => Marks;

/** Merges marks into those stored. Undefined if the account was never a member. */
export async function putMarks(
  transaction: LogTransaction,
  account: string,
  { conversation, ...asked }: MarkRequest,
  now: number,
  clamp: MarkClamp = clampMarks,
): Promise<MarkOutcome | undefined> {
  const membership = await transaction.membership(account, conversation);
  if (membership === undefined) return undefined;
  // Of what a blocked person writes, nobody is told that it was received.
  const { blockedAfter = Number.POSITIVE_INFINITY } = membership.member;
  // Nor of a message request, before it is accepted.
  const told = (await waitsForMember(transaction, membership.conversation, account)) ? 0 : blockedAfter;
  const newest = Math.min(newestVisible(viewpointOf(membership)), told);
  const merged = mergeMarks(membership, clamp(asked, newest));
  const { delivered, read, shown: before } = membership;
  const shown = merged.read > read && !(await transaction.privacy(account)).hidesReads ? merged.read : before;
  const moved = merged.delivered !== delivered || shown !== before;
  const changed = merged.read !== read || merged.delivered !== delivered;
  if (changed) await transaction.putMark(conversation, account, { ...merged, shown });
  if (moved) {
    const move = { delivered: merged.delivered, read: shown, at: now };
    await transaction.addMarkMove(conversation, account, { delivered, read: before }, move);
  }
  const due = await beginsExpiries(transaction, account, membership, { from: before + 1, to: shown });
  if (due) await transaction.putDue({ kind: "reading", account, conversation, subject: "", at: now });
  return { ...merged, shown, changed, told: moved, ...(due && { due: now }) };
}

/** Whether others are told for the first time that somebody has read a message that disappears. @param run what they are told that was read */
async function beginsExpiries(
  transaction: LogTransaction,
  account: string,
  { conversation: { id, timedUpTo } }: Membership,
  run: Range,
): Promise<boolean> {
  if (run.to < run.from || timedUpTo < run.from) return false;
  return (await transaction.unreadExpiries(id, run, account, 1)).length > 0;
}
