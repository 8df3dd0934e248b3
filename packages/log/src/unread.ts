import type { Entry } from "@parley/protocol";
import { EVERYONE, mentionedBy } from "./mentions.ts";

/** Whether an entry, as its viewer sees it, can be unread: a message by somebody else that is not deleted. System entries never are. */
export function isCountable(entry: Entry, viewer: string): boolean {
  return entry.body.case === "message" && entry.author !== viewer && entry.body.value.state.case !== "deleted";
}

/** Whether an entry, as its viewer sees it, mentions them: by name, or with everyone. What is withheld mentions nobody. */
export function isMention(entry: Entry, viewer: string): boolean {
  if (entry.body.case !== "message" || entry.author === viewer) return false;
  const { state, envelope } = entry.body.value;
  if (state.case !== "content") return false;
  return mentionedBy(entry.author, envelope).some((account) => account === EVERYONE || account === viewer);
}

/** Unread = countable entries after the read mark. `entries` must hold every visible entry after it, but for what is hidden or by a blocked person. */
export function countUnread(entries: Iterable<Entry>, viewer: string, read: number): number {
  return countAfter(entries, read, (entry) => isCountable(entry, viewer));
}

/** Those among the unread that mention the viewer. */
export function countMentions(entries: Iterable<Entry>, viewer: string, read: number): number {
  return countAfter(entries, read, (entry) => isMention(entry, viewer));
}

function countAfter(entries: Iterable<Entry>, read: number, counts: (entry: Entry) => boolean): number {
  let count = 0;
  for (const entry of entries) {
    if (entry.ordinal > read && counts(entry)) count++;
  }
  return count;
}
