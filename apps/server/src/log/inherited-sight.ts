import type { Intervals } from "@parley/log";
import type { LogSnapshot } from "./log-snapshot.ts";
import type { PlacedInterval } from "./records.ts";

type Thread = { readonly id: string; readonly head: number };

/**
 * What a member of the parent may see of a thread: what happened there after the parent's event that made it a member, and before the one that ended
 * that. The log of a thread never goes back to an earlier head of its parent, so each interval of the parent is one of the thread, or none.
 */
export async function inheritedIntervals(
  snapshot: Pick<LogSnapshot, "firstUnder">,
  { id, head }: Thread,
  intervals: Intervals,
): Promise<{ readonly from: number; readonly to: number }[]> {
  const inherited: { from: number; to: number }[] = [];
  for (const interval of intervals) {
    const from = (await snapshot.firstUnder(id, interval.from)) ?? head + 1;
    const to = interval.to === 0 ? 0 : ((await snapshot.firstUnder(id, interval.to)) ?? head + 1) - 1;
    if (to !== 0 && to < from) continue;
    if (interval.to !== 0 && to === 0) continue;
    inherited.push({ from, to });
  }
  return inherited;
}

/** Intervals of a thread with the ordinals of the entries in them: who follows it makes no entry by that. */
export async function placedInThread(
  snapshot: Pick<LogSnapshot, "lastOrdinalBefore">,
  thread: string,
  intervals: readonly { readonly from: number; readonly to: number }[],
): Promise<PlacedInterval[]> {
  const placed: PlacedInterval[] = [];
  for (const { from, to } of intervals) {
    placed.push({
      $typeName: "parley.v1.Interval",
      from,
      to,
      fromOrdinal: (await snapshot.lastOrdinalBefore(thread, from)) + 1,
      toOrdinal: to === 0 ? 0 : await snapshot.lastOrdinalBefore(thread, to + 1),
    });
  }
  return placed;
}
