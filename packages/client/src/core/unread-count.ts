import { countMentions, countUnread, isCountable, isMention, type Range } from "@parley/log";
import type { Entry, ReadState } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Hidden, isHidden, isHiddenInLog } from "./account-hidden.ts";

export interface UnreadBasis {
  readonly viewer: string;
  /** The server's latest count. */
  readonly base: ReadState;
  /** One's read mark now, which may be ahead of the one that the server counted for. */
  readonly read: number;
  readonly head: number;
  readonly entryHead: number;
  /** A complete run up to the newest entry (possibly the later part of a longer one), and its rows. */
  readonly run: Range;
  readonly rows: readonly Entry[];
  /** What is not to be seen is not unread. */
  readonly hidden: Hidden;
}

export interface UnreadCount {
  readonly unread: number;
  /** Those among the unread that mention the viewer. */
  readonly mentions: number;
  /** False where what is held does not suffice: the server must count. */
  readonly certain: boolean;
}

/**
 * Unread now: counted from rows where every row after the read mark is held, else the server's count continued over the rows that changed
 * since. Always computed from rows, never counted up, so that it cannot drift.
 */
export function unreadCount(basis: UnreadBasis): UnreadCount {
  const { viewer, base, read, head, entryHead, run, rows, hidden } = basis;
  if (read >= entryHead) return { unread: 0, mentions: 0, certain: true };
  if (run.from <= read + 1 && run.to >= entryHead) {
    const seen = rows.filter((row) => isCounted(hidden, row));
    return { unread: countUnread(seen, viewer, read), mentions: countMentions(seen, viewer, read), certain: true };
  }
  let unread = base.unread;
  let mentions = base.mentions;
  let sameSince = true;
  for (const row of rows) {
    if (row.ordinal <= read) continue;
    const isNew = row.seq > base.asOf;
    const counts = isMention(row, viewer) ? 1 : 0;
    // Whom it mentioned before it was changed nobody knows any more.
    if (!isNew && row.contentRev > base.asOf && row.author !== viewer) sameSince = false;
    // What nobody has told the server to be left out, it has counted.
    const wasCounted = !isHiddenInLog(hidden, row) && !hidden.blockedInLog.has(row.author);
    if (isCounted(hidden, row)) {
      unread += changeSince(row, viewer, base.asOf, head);
      if (isNew) mentions += counts;
      else if (!wasCounted && isCountable(row, viewer)) {
        unread++;
        mentions += counts;
      }
    } else if (wasCounted && !isNew && isCountable(row, viewer)) {
      unread--;
      mentions -= counts;
    }
  }
  // Every row made since the server counted lies in the run if the run begins before that.
  const reachesBack = base.asOf >= head || (rows[0]?.seq ?? Number.POSITIVE_INFINITY) <= base.asOf;
  const knowsHidden = hidden.asOf <= base.accountAsOf;
  const certain = reachesBack && knowsHidden && sameSince && read === base.read;
  return { unread: Math.max(0, unread), mentions: Math.min(Math.max(0, mentions), Math.max(0, unread)), certain };
}

/** Whether it may be unread: neither hidden, nor by somebody who is blocked. */
function isCounted(hidden: Hidden, row: Entry): boolean {
  return !isHidden(hidden, row) && !hidden.blocked.has(row.author);
}

/** An erasure beyond the head has reached who left by the account log; whether the server has counted it already is not known here. */
function changeSince(row: Entry, viewer: string, asOf: number, head: number): number {
  if (row.seq > asOf) return isCountable(row, viewer) ? 1 : 0;
  const deleted = row.body.case === "message" && row.body.value.state.case === "deleted";
  return deleted && row.contentRev > asOf && row.contentRev <= head && row.author !== viewer ? -1 : 0;
}

/** Whether the stored count is not that of the head, or of what is hidden, so that it has to be continued from rows. */
export function expectsCount({ read, wanted, head }: StoredConversation, hidden: Hidden): boolean {
  if (hidden.asOf > read.accountAsOf || hidden.pending.size > 0 || hidden.pendingUpTo > 0) return true;
  if (!isSameBlocked(hidden)) return true;
  return read.asOf !== head.seq || wanted.read > read.read;
}

/** Whether nothing waits that blocks somebody, or ends that. */
function isSameBlocked({ blocked, blockedInLog }: Hidden): boolean {
  return blocked.size === blockedInLog.size && [...blocked.keys()].every((account) => blockedInLog.has(account));
}
