import type { Breather } from "./breather.ts";
import type { LogSnapshot } from "./log-snapshot.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** So many entries are looked through before other work has a turn. */
const ENTRIES_PER_BREATH = 2_000;

/** Counts the messages after a read mark that are visible, by others, not deleted and not hidden: what is hidden was seen, and is visible for ever. */
export async function unreadAfter(
  snapshot: LogSnapshot,
  { conversation, account, intervals, entryHead }: Viewpoint,
  read: number,
  breathe: Breather,
): Promise<number> {
  let unread = 0;
  for (const { from, to } of await snapshot.hidden(account, conversation)) {
    if (to > read) unread -= await snapshot.countable(conversation, account, Math.max(from, read + 1), to);
  }
  for (const { fromOrdinal, toOrdinal } of intervals) {
    const last = toOrdinal === 0 ? entryHead : toOrdinal;
    for (let from = Math.max(fromOrdinal, read + 1); from <= last; from += ENTRIES_PER_BREATH) {
      if (from > Math.max(fromOrdinal, read + 1)) await breathe();
      const to = Math.min(last, from + ENTRIES_PER_BREATH - 1);
      unread += await snapshot.countable(conversation, account, from, to);
    }
  }
  return unread;
}
