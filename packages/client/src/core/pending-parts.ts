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
  /** Changes by the row that they change. */
  readonly changes: ReadonlyMap<string, readonly Pending[]>;
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
  const failed = conversation.state === undefined && creation?.entry.state.kind === "rejected";
  const folding = open.filter((pending) => pending.entry.state.kind !== "rejected" || (failed && pending === creation));
  return {
    state: foldOntoConversation(conversation.state, folding, viewer),
    failed,
    changes: changesByTarget(open),
    posts: open.filter(({ command }) => command.body.case === "post").slice(-MOST_POSTS),
  };
}

/** Neither part of what the device holds of the log, nor forgotten. */
function isOpen(pending: Pending, head: number): boolean {
  const { state } = pending.entry;
  return isWaiting(pending) || state.kind === "rejected" || (state.kind === "accepted" && state.seq > head);
}
