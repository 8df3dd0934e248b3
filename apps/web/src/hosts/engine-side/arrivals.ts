import type { ConversationListView, ConversationView } from "@parley/client";

/** After a long absence everything comes at once: nobody reads more notifications than these. */
const MOST_AT_ONCE = 3;

/** A conversation, or a thread with the conversation that it belongs to. */
export interface Arrival {
  readonly conversation: ConversationView;
  readonly parent?: ConversationView;
}

/**
 * Conversations, and threads that one follows, in which others wrote something that was not read, newest first, between two views of the same engine. Where a conversation is
 * muted, what mentions oneself alone.
 */
export function arrivals(before: ConversationListView, after: ConversationListView): readonly Arrival[] {
  // What the local store held already is nothing new.
  if (!before.loaded) return [];
  const known = new Map(all(before).map((view) => [view.id, view]));
  const parents = new Map(after.conversations.map((view) => [view.id, view]));
  return all(after)
    .flatMap((conversation): Arrival[] => {
      const parent = parents.get(conversation.thread?.conversation ?? "");
      const { unread = 0, mentions = 0 } = known.get(conversation.id) ?? {};
      const isMuted = (parent ?? conversation).mutedUntil !== 0;
      const isNew = conversation.unread > unread && (!isMuted || conversation.mentions > mentions);
      return isNew ? [{ conversation, ...(parent && { parent }) }] : [];
    })
    .sort((one, other) => other.conversation.at - one.conversation.at)
    .slice(0, MOST_AT_ONCE);
}

/** Conversations of which nothing is unread any more. */
export function readMeanwhile(before: ConversationListView, after: ConversationListView): readonly string[] {
  const left = new Map(all(after).map(({ id, unread }) => [id, unread]));
  return all(before)
    .filter(({ id, unread }) => unread > 0 && (left.get(id) ?? 0) === 0)
    .map(({ id }) => id);
}

/** Of a thread that is only looked at nothing is unread. */
function all({ conversations, threads = [] }: ConversationListView): readonly ConversationView[] {
  return [...conversations, ...threads];
}
