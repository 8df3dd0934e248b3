import { applyToEntry } from "@parley/log";
import type { Entry, Event } from "@parley/protocol";

/**
 * What reached a conversation while rows of it were on their way: such rows are a snapshot of some moment in between, and get what came after it
 * before they join what is held.
 */
export interface Journal {
  /** The device's head when the oldest of the open questions was asked. */
  readonly since: number;
  readonly items: readonly JournalItem[];
}

export type JournalItem =
  | { readonly kind: "event"; readonly event: Event }
  /** A current row, where several events arrived as one. */
  | { readonly kind: "row"; readonly entry: Entry };

/** Applies everything that came since; what the row holds already changes nothing. */
export function broughtForward(entry: Entry, journal: Journal): Entry {
  let row = entry;
  for (const item of journal.items) {
    if (item.kind === "event") row = applyToEntry(row, item.event);
    else if (item.entry.id === row.id && item.entry.rev > row.rev) row = item.entry;
  }
  return row;
}
