import type { ConversationListView, ConversationView } from "@parley/client";

/** After a long absence everything comes at once: nobody reads more notifications than these. */
const MOST_AT_ONCE = 3;

/** Conversations that are not muted, in which others wrote something that was not read, newest first, between two views of the same engine. */
export function arrivals(before: ConversationListView, after: ConversationListView): readonly ConversationView[] {
  // What the local store held already is nothing new.
  if (!before.loaded) return [];
  const known = unreadOf(before);
  return after.conversations
    .filter(({ id, unread, mutedUntil }) => mutedUntil === 0 && unread > (known.get(id) ?? 0))
    .sort((one, other) => other.at - one.at)
    .slice(0, MOST_AT_ONCE);
}

/** Conversations of which nothing is unread any more. */
export function readMeanwhile(before: ConversationListView, after: ConversationListView): readonly string[] {
  const left = unreadOf(after);
  return before.conversations.filter(({ id, unread }) => unread > 0 && (left.get(id) ?? 0) === 0).map(({ id }) => id);
}

function unreadOf({ conversations }: ConversationListView): ReadonlyMap<string, number> {
  return new Map(conversations.map(({ id, unread }) => [id, unread]));
}
