import { addRange, removeRange } from "@parley/log";
import type { Entry, Page } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Applied, isFresh, newestAfter, withSkips } from "./held-conversation.ts";
import { broughtForward, type Journal } from "./journal.ts";

/** Whether the journal reaches back far enough to bring a snapshot of this head up to date. */
export function canBringForward(journal: Journal, asOf: number): boolean {
  return asOf >= journal.since;
}

/**
 * Adds a page to what is held.
 *
 * @param held rows that the device has of the page's run
 */
export function joinPage(
  conversation: StoredConversation,
  page: Page,
  journal: Journal,
  held: readonly Entry[],
): Applied {
  if (page.fromOrdinal === 0) return { conversation, entries: [], fetch: [], recount: false };
  const run = { from: page.fromOrdinal, to: page.toOrdinal };
  const entries = keepNewer(
    page.entries.map((entry) => broughtForward(entry, journal)),
    held.filter((entry) => isFresh(conversation, entry)),
  );
  return {
    conversation: {
      ...conversation,
      entryHead: Math.max(conversation.entryHead, page.toOrdinal),
      ranges: addRange(conversation.ranges, run),
      staleRanges: removeRange(conversation.staleRanges, run),
      skips: withSkips(conversation.skips, page.skips),
      newest: newestAfter(conversation.newest, entries),
    },
    entries,
    fetch: [],
    recount: false,
  };
}

/** Rows fetched by id, wherever they lie: each is a complete run of one ordinal. */
export function joinRows(
  conversation: StoredConversation,
  fetched: readonly Entry[],
  journal: Journal,
  held: readonly Entry[],
): Applied {
  const runs = fetched.map(({ ordinal }) => ({ from: ordinal, to: ordinal }));
  const joined = {
    ...conversation,
    ranges: runs.reduce(addRange, conversation.ranges),
    staleRanges: runs.reduce(removeRange, conversation.staleRanges),
  };
  const fresh = held.filter((entry) => isFresh(conversation, entry));
  const entries = keepNewer(
    fetched.map((entry) => broughtForward(entry, journal)),
    fresh,
  );
  return {
    conversation: { ...joined, newest: newestAfter(joined.newest, entries) },
    entries,
    fetch: [],
    recount: false,
  };
}

/** Rows fetched by id, for rows that are held already. */
export function joinEntries(
  conversation: StoredConversation,
  fetched: readonly Entry[],
  journal: Journal,
  held: readonly Entry[],
): Applied {
  const rows = held.filter((entry) => isFresh(conversation, entry));
  const wanted = new Set(rows.map((entry) => entry.id));
  const entries = keepNewer(
    fetched.filter((entry) => wanted.has(entry.id)).map((entry) => broughtForward(entry, journal)),
    rows,
  );
  return {
    conversation: { ...conversation, newest: newestAfter(conversation.newest, entries) },
    entries,
    fetch: [],
    recount: false,
  };
}

/** At the same rev the one that came over the wire wins: it has the content that a frame to all may have lacked. */
function keepNewer(fetched: readonly Entry[], held: readonly Entry[]): readonly Entry[] {
  const revs = new Map(held.map((entry) => [entry.id, entry.rev]));
  return fetched.filter((entry) => entry.rev >= (revs.get(entry.id) ?? 0));
}
