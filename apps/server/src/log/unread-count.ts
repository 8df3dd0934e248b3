import { isVisible, type Ranges, removeRange } from "@parley/log";
import type { Breather } from "./breather.ts";
import type { LogSnapshot } from "./log-snapshot.ts";
import type { Viewpoint } from "./viewpoint.ts";

/** So many entries are looked through before other work has a turn. */
const ENTRIES_PER_BREATH = 2_000;

export interface UnreadCounts {
  readonly unread: number;
  /** Of these, the ones that mention the viewer. */
  readonly mentions: number;
}

/** Counts the messages after a read mark that are visible, by others, not deleted and not hidden. */
export async function unreadAfter(
  snapshot: LogSnapshot,
  { conversation, account, intervals, entryHead }: Viewpoint,
  read: number,
  breathe: Breather,
): Promise<UnreadCounts> {
  const { runs } = await snapshot.hidden(account, conversation);
  let unread = 0;
  let mentions = 0;
  let counted = 0;
  for (const { fromOrdinal, toOrdinal } of intervals) {
    const seen = { from: Math.max(fromOrdinal, read + 1), to: toOrdinal === 0 ? entryHead : toOrdinal };
    for (const piece of runs.reduce<Ranges>(removeRange, [seen])) {
      for (let { from } = piece; from <= piece.to; from += ENTRIES_PER_BREATH) {
        const to = Math.min(piece.to, from + ENTRIES_PER_BREATH - 1);
        if (counted > ENTRIES_PER_BREATH) {
          await breathe();
          counted = 0;
        }
        unread += await snapshot.countable(conversation, account, from, to);
        const named = await snapshot.mentions(conversation, account, from, to);
        mentions += named.filter(({ contentRev }) => isVisible(intervals, contentRev)).length;
        counted += to - from + 1;
      }
    }
  }
  return { unread, mentions };
}
