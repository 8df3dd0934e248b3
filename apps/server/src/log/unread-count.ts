import type { LogSnapshot } from "./log-snapshot.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** Counts the messages after a read mark that are visible, by others and not deleted. */
export async function unreadAfter(snapshot: LogSnapshot, viewpoint: Viewpoint, read: number): Promise<number> {
  let unread = 0;
  for (const { fromOrdinal, toOrdinal } of viewpoint.intervals) {
    const from = Math.max(fromOrdinal, read + 1);
    const to = toOrdinal === 0 ? viewpoint.entryHead : toOrdinal;
    if (from <= to) unread += await snapshot.countable(viewpoint.conversation, viewpoint.account, from, to);
  }
  return unread;
}
