import { applyToConversation, applyToEntry, conversationOf, entryOf } from "@parley/log";
import type { Command, Conversation, Entry } from "@parley/protocol";
import { eventOfCommand } from "./event-of-command.ts";
import { changedBy, type Pending } from "./pending.ts";

/** A row with the pending changes to it. Each is applied as the event that it would become next. */
export function foldOntoEntry(entry: Entry, changes: readonly Pending[], viewer: string): Entry {
  let row = entry;
  for (const { command } of changes) {
    const event = eventOfCommand(command, viewer, row.rev + 1);
    if (event !== undefined) row = applyToEntry(row, event);
  }
  return row;
}

/** The row that a pending post will become; undefined for other commands. Its ordinal is 0. */
export function entryOfPending(pending: Pending, viewer: string): Entry | undefined {
  if (pending.command.body.case !== "post") return undefined;
  const event = eventOfCommand(pending.command, viewer, 0);
  return event === undefined ? undefined : entryOf(event);
}

/** The state of a conversation with the pending changes to it; begins with a pending creation where the device holds none. */
export function foldOntoConversation(
  state: Conversation | undefined,
  changes: readonly Pending[],
  viewer: string,
): Conversation | undefined {
  let result = state;
  for (const { command } of changes) {
    if (!changesConversation(command)) continue;
    const event = eventOfCommand(command, viewer, (result?.rev ?? 0) + 1);
    if (event === undefined) continue;
    result = result === undefined ? conversationOf(event) : applyToConversation(result, event);
  }
  return result;
}

/** Whether a command changes the state of its conversation, and not only a row or nothing that is drawn. */
function changesConversation({ body }: Command): boolean {
  switch (body.case) {
    case "create":
    case "addMembers":
    case "removeMembers":
    case "leave":
    case "setTitle":
    case "setRole":
    case "setDescription":
    case "setPicture":
    case "setTimer":
    case "pinMessage":
    case "unpinMessage":
    case "makeInvite":
    case "revokeInvite":
    case "setFollowing":
    case "answerJoin":
      return true;
    default:
      return false;
  }
}

/** Pending changes by the row that they change. A withdrawal changes the message whose command it withdraws. */
export function changesByTarget(pendings: readonly Pending[]): ReadonlyMap<string, readonly Pending[]> {
  const changes = new Map<string, Pending[]>();
  for (const pending of pendings) {
    const target = changedBy(pending.command);
    if (target === undefined) continue;
    const known = changes.get(target);
    if (known === undefined) changes.set(target, [pending]);
    else known.push(pending);
  }
  return changes;
}
