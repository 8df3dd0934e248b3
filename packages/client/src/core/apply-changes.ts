import { addRange, removeRange } from "@parley/log";
import type { Changes, Entry } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { type Applied, isFresh, newestAfter, withSkips } from "./held-conversation.ts";

/** Whether these changes begin at or before what the device holds, and reach beyond it. */
export function continues(conversation: StoredConversation, changes: Changes): boolean {
  const to = changes.to?.seq ?? 0;
  return changes.from <= conversation.head.seq && to >= conversation.head.seq;
}

/**
 * Brings a conversation to the head that the changes reach. Rows in holes are left out: their page will bring them.
 *
 * @param held rows that the device has, of those that changed
 */
export function applyChanges(conversation: StoredConversation, changes: Changes, held: readonly Entry[]): Applied {
  const fresh = { from: conversation.entryHead + 1, to: changes.entryHead };
  const before: StoredConversation = {
    ...conversation,
    head: changes.to ?? conversation.head,
    entryHead: Math.max(conversation.entryHead, changes.entryHead),
    ranges: addRange(conversation.ranges, fresh),
    staleRanges: removeRange(conversation.staleRanges, fresh),
    state: changes.state ?? conversation.state,
    skips: withSkips(conversation.skips, changes.skips),
  };
  const revs = new Map(held.map((entry) => [entry.id, entry.rev]));
  const entries = changes.entries.filter(
    (entry) => isFresh(before, entry) && entry.rev > (isFresh(conversation, entry) ? (revs.get(entry.id) ?? 0) : 0),
  );
  return {
    conversation: { ...before, newest: newestAfter(before.newest, entries) },
    entries,
    fetch: [],
    recount: entries.length < changes.entries.length,
  };
}
