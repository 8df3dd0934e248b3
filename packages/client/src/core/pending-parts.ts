import type { Conversation } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";
import { changesByTarget, foldOntoConversation } from "./fold-pending.ts";
import { isWaiting, type Pending } from "./pending.ts";

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

/** @param commands this device's commands in the conversation, in queue order */
export function pendingParts(
  conversation: StoredConversation,
  commands: readonly Pending[],
  viewer: string,
): PendingParts {
  const open = commands.filter((pending) => isOpen(pending, conversation.head.seq));
  const creation = open.find(({ command }) => command.body.case === "create");
  const failed = conversation.state === undefined && creation !== undefined && isRejected(creation);
  const posts = open.filter(({ command }) => command.body.case === "post");
  const rejectedPosts = new Set(posts.filter(isRejected).map(({ entry }) => entry.id));
  const folding = open.filter((pending) => !isRejected(pending) || (failed && pending === creation));
  const drawn = changesByTarget(open.filter((pending) => !isRejected(pending) || isOfRejected(pending, rejectedPosts)));
  return {
    state: foldOntoConversation(conversation.state, folding, viewer),
    failed,
    changes: drawn,
    failedEdits: changesByTarget(open.filter((pending) => isRejected(pending) && pending.command.body.case === "edit")),
    posts: posts.slice(-MOST_POSTS),
  };
}

/** A rejected message is shown as it was meant to be, so that this is what is tried again; its deletion fell with it. */
function isOfRejected({ command: { body } }: Pending, rejectedPosts: ReadonlySet<string>): boolean {
  if (body.case !== "edit" && body.case !== "setReaction" && body.case !== "unsetReaction") return false;
  return rejectedPosts.has(body.value.target);
}

function isRejected({ entry }: Pending): boolean {
  return entry.state.kind === "rejected";
}

/** Neither part of what the device holds of the log, nor forgotten. */
function isOpen(pending: Pending, head: number): boolean {
  const { state } = pending.entry;
  return isWaiting(pending) || state.kind === "rejected" || (state.kind === "accepted" && state.seq > head);
}
