import { viewerHead } from "@parley/log";
import type { Membership, PlacedInterval } from "./records.ts";

/** What one account sees of a conversation: where its log seems to end, and which stretches are visible. */
export interface Viewpoint {
  readonly conversation: string;
  readonly account: string;
  readonly head: number;
  readonly tag: number;
  /** The greatest visible ordinal. */
  readonly entryHead: number;
  readonly intervals: readonly PlacedInterval[];
}

export function viewpointOf({ conversation, member }: Membership): Viewpoint {
  const { account, intervals, parting } = member;
  return {
    conversation: conversation.id,
    account,
    head: viewerHead(intervals, conversation.head),
    tag: parting?.tag ?? conversation.tag,
    // Joining made an entry, so while an interval is open the newest entry lies in it.
    entryHead: intervals.at(-1)?.toOrdinal || conversation.entryHead,
    intervals,
  };
}

/** The greatest ordinal of an entry that is there and visible; 0 if none is. Who has just followed a thread may see what comes, and nothing yet. */
export function newestVisible({ intervals, entryHead }: Pick<Viewpoint, "intervals" | "entryHead">): number {
  const last = intervals.findLast(({ fromOrdinal }) => fromOrdinal <= entryHead);
  return last === undefined ? 0 : last.toOrdinal || entryHead;
}
