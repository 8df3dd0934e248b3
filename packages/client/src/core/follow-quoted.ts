import type { Entry } from "@parley/protocol";
import { broughtForward, type JournalItem } from "./journal.ts";

/**
 * A message that is held because another one answers it, after something arrived. Undefined where it has new content that did not come along: it is
 * to be fetched again.
 */
export function followQuoted(entry: Entry, item: JournalItem): Entry | undefined {
  const after = broughtForward(entry, { since: 0, items: [item] });
  const edited = item.kind === "event" && item.event.body.case === "edited" ? item.event.body.value : undefined;
  return after !== entry && edited !== undefined && edited.content === undefined ? undefined : after;
}
