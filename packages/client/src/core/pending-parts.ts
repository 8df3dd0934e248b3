import type { Conversation } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { changesByTarget, foldOntoConversation } from "./fold-pending.ts";
import { changedBy, type Pending } from "./pending.ts";

/** What pending commands add to a conversation. */
export interface PendingParts {
  /** Undefined if neither the server nor this device has created it. */
  readonly state: Conversation | undefined;
  /** Its creation was rejected. */
  readonly failed: boolean;
  /** Changes to draw, by the row that they change: rejected ones only where the row itself was rejected. */
  readonly changes: ReadonlyMap<string, readonly Pending[]>;
  /** Rejected edits by the message that they were to change. */
  readonly failedEdits: ReadonlyMap<string, readonly Pending[]>;
  /** Posts that are not in the log that the device holds, in queue order. */
  readonly posts: readonly Pending[];
}

/** A window shows no more than this many pending posts: the newest. */
const MOST_POSTS = 150;
export const everyPost = Number.POSITIVE_INFINITY;

/**
 * In one pass: thousands may wait in a conversation, and this is done whenever its views are told.
 *
 * @param commands this device's commands in the conversation, in queue order
 * @param mostPosts how many of the posts are wanted: the newest
 */
export function pendingParts(
  conversation: StoredConversation,
  commands: readonly Pending[],
  viewer: string,
  mostPosts = MOST_POSTS,
): PendingParts {
  const posts: Pending[] = [];
  const changes: Pending[] = [];
  const rejectedChanges: Pending[] = [];
  const folding: Pending[] = [];
  const rejectedPosts = new Set<string>();
  let failed = false;
  for (const pending of commands) {
    if (!isOpen(pending, conversation.head.seq)) continue;
    const { command, entry } = pending;
    const rejected = entry.state.kind === "rejected";
    if (command.body.case === "post") {
      posts.push(pending);
      if (rejected) rejectedPosts.add(entry.id);
    } else if (changedBy(command) !== undefined) {
      (rejected ? rejectedChanges : changes).push(pending);
    } else {
      const begins = rejected && command.body.case === "create" && conversation.state === undefined;
      failed ||= begins;
      if (!rejected || begins) folding.push(pending);
    }
  }
  const ofRejected = rejectedChanges.filter((pending) => isOfRejected(pending, rejectedPosts));
  return {
    state: foldOntoConversation(conversation.state, folding, viewer),
    failed,
    changes: changesByTarget([...changes, ...ofRejected]),
    failedEdits: changesByTarget(rejectedChanges.filter(({ command }) => command.body.case === "edit")),
    posts: posts.slice(-mostPosts),
  };
}

/** A rejected message is shown as it was meant to be, so that this is what is tried again; its deletion fell with it. */
function isOfRejected({ command: { body } }: Pending, rejectedPosts: ReadonlySet<string>): boolean {
  if (body.case !== "edit" && body.case !== "setReaction" && body.case !== "unsetReaction") return false;
  return rejectedPosts.has(body.value.target);
}

/** Neither part of what the device holds of the log, nor forgotten. */
function isOpen({ entry: { state } }: Pending, head: number): boolean {
  return state.kind !== "accepted" || state.seq > head;
}
