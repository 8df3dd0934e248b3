import { type Range, type Ranges, removeRange } from "@parley/log";
import { limits } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";

/** How many ordinals are given up in one transaction. */
const SLICE = 500;
/** How many of its newest entries stay of each conversation: a page; where there is no room for so many, what fills a screen. */
export const keptOfEach: readonly number[] = [limits.pageEntries, 30];

/** What is given up to make room: a run of entries, and the record of its conversation without it. Both or neither are stored. */
export interface Eviction {
  readonly conversation: StoredConversation;
  readonly run: Range;
}

/**
 * What to give up next, of what the server has and sends again when somebody looks at it: rows from before a Reset first, which are not shown; then the
 * oldest entries of the conversation that was not opened for longest. The newest of each and what is on a screen stay, and nothing is told as held
 * that is not.
 *
 * @param shown the run that windows show of a conversation
 * @param newest how many of its newest entries stay of each, of `keptOfEach`
 * @returns undefined if there is nothing more to give up
 */
export function nextEviction(
  conversations: Iterable<StoredConversation>,
  shown: (conversation: string) => Ranges,
  newest: number,
): Eviction | undefined {
  const candidates = [...conversations].sort(byLastUse);
  for (const conversation of candidates) {
    const run = oldestSlice(conversation.staleRanges);
    if (run === undefined) continue;
    return { run, conversation: { ...conversation, staleRanges: removeRange(conversation.staleRanges, run) } };
  }
  for (const conversation of candidates) {
    const { entryHead, ranges } = conversation;
    const kept: Ranges = [{ from: entryHead - newest + 1, to: entryHead }, ...shown(conversation.id)];
    const run = oldestSlice(kept.reduce<Ranges>(removeRange, ranges));
    if (run === undefined) continue;
    return { run, conversation: { ...conversation, ranges: removeRange(ranges, run) } };
  }
  return undefined;
}

function oldestSlice(ranges: Ranges): Range | undefined {
  const [oldest] = ranges;
  return oldest && { from: oldest.from, to: Math.min(oldest.to, oldest.from + SLICE - 1) };
}

function byLastUse(one: StoredConversation, other: StoredConversation): number {
  return one.openedAt - other.openedAt || activityOf(one) - activityOf(other) || (one.id < other.id ? -1 : 1);
}

function activityOf({ newest }: StoredConversation): number {
  return newest?.receivedAt ?? 0;
}
