import { binaryDecoder, type Command, CommandSchema } from "@parley/protocol";
import type { OutboxEntry, OutboxEntryState } from "../ports/client-store.ts";

const commandOf = binaryDecoder(CommandSchema);

/** A command of this device with its place in the outbox. `command` is what `entry.command` encodes. */
export interface Pending {
  readonly entry: OutboxEntry;
  readonly command: Command;
}

export function pendingOf(entry: OutboxEntry): Pending {
  return { entry, command: commandOf(entry.command) };
}

export function withState(pending: Pending, state: OutboxEntryState): Pending {
  return { ...pending, entry: { ...pending.entry, state } };
}

/** The message that a command is about. A command falls with the pending message that it is about. */
export function targetOfCommand(command: Command): string | undefined {
  switch (command.body.case) {
    case "pinMessage":
    case "unpinMessage":
    case "changeScheduled":
    case "cancelScheduled":
      return command.body.value.target;
    default:
      return changeOf(command);
  }
}

/** The message that a command changes when it is drawn: a withdrawal, too, takes a message away. */
export function changedBy(command: Command): string | undefined {
  return command.body.case === "withdraw" ? command.body.value.target : changeOf(command);
}

/** The message whose row a command changes. */
function changeOf(command: Command): string | undefined {
  switch (command.body.case) {
    case "edit":
    case "delete":
    case "setReaction":
    case "unsetReaction":
      return command.body.value.target;
    default:
      return undefined;
  }
}

/**
 * Whether a rejected command is kept for a person to retry or discard: all that a person did. A withdrawal is the end of another command; where a request to
 * join cannot be taken back there is none.
 */
export function isKeptWhenRejected(command: Command): boolean {
  return command.body.case !== "withdraw" && command.body.case !== "cancelJoin";
}

/** Neither rejected nor part of what the device holds of its log. */
export function isOpenIn({ entry: { state } }: Pending, head: number): boolean {
  if (state.kind === "accepted") return state.seq > head;
  return state.kind !== "rejected";
}

/** Part of a queue: neither answered nor given up. */
export function isWaiting(pending: Pending): boolean {
  const kind = pending.entry.state.kind;
  return kind === "queued" || kind === "held";
}
