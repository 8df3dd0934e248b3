import { create } from "@bufbuild/protobuf";
import { clampMarks, type Marks, mergeMarks } from "@parley/log";
import { ReadStateSchema } from "@parley/protocol";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { MarkOutcome, MarkRequest } from "../log/log-writer.ts";
import { unreadAfter } from "../log/unread-count.ts";
import { viewpointOf } from "../log/viewpoint.ts";

/** Keeps a mark from pointing beyond what its owner may see. */
export type MarkClamp = (marks: Marks, entryHead: number) => Marks;

/** Merges marks into those stored. Undefined if the account was never a member. */
export async function putMarks(
  transaction: LogTransaction,
  account: string,
  { conversation, delivered, read }: MarkRequest,
  clamp: MarkClamp = clampMarks,
): Promise<MarkOutcome | undefined> {
  const membership = await transaction.membership(account, conversation);
  if (membership === undefined) return undefined;
  const viewpoint = viewpointOf(membership);
  const merged = mergeMarks(membership, clamp({ delivered, read }, viewpoint.entryHead));
  const changed = merged.read !== membership.read || merged.delivered !== membership.delivered;
  if (changed) await transaction.putMark(conversation, account, merged.delivered, merged.read);
  const unread = await unreadAfter(transaction, viewpoint, merged.read);
  const accountAsOf = await transaction.accountHead(account);
  const state = create(ReadStateSchema, { conversation, ...merged, unread, asOf: viewpoint.head, accountAsOf });
  return { state, changed };
}
