import type { Entry } from "@parley/protocol";

/** Whether an entry, as its viewer sees it, can be unread: a message by somebody else that is not deleted. System entries never are. */
export function isCountable(entry: Entry, viewer: string): boolean {
  return entry.body.case === "message" && entry.author !== viewer && entry.body.value.state.case !== "deleted";
}

/** Unread = countable entries after the read mark. `entries` must hold every visible entry after it. */
export function countUnread(entries: Iterable<Entry>, viewer: string, read: number): number {
  let unread = 0;
  for (const entry of entries) {
    if (entry.ordinal > read && isCountable(entry, viewer)) unread++;
  }
  return unread;
}
