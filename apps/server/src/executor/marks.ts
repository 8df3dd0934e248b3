import { clampMarks, type Marks, mergeMarks } from "@parley/log";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { MarkOutcome, MarkRequest } from "../log/log-writer.ts";
import { newestVisible, viewpointOf } from "../log/viewpoint.ts";

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
  const newest = Math.min(newestVisible(viewpointOf(membership)), blockedAfter);
  const merged = mergeMarks(membership, clamp(asked, newest));
  const { delivered, read, shown: before } = membership;
  const shown = merged.read > read && !(await transaction.privacy(account)).hidesReads ? merged.read : before;
  const told = merged.delivered !== delivered || shown !== before;
  const changed = merged.read !== read || merged.delivered !== delivered;
  if (changed) await transaction.putMark(conversation, account, { ...merged, shown });
  if (told) {
    const move = { delivered: merged.delivered, read: shown, at: now };
    await transaction.addMarkMove(conversation, account, { delivered, read: before }, move);
  }
  return { ...merged, shown, changed, told };
}
