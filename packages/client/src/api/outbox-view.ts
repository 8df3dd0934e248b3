import type { HoldUp } from "./conversation-list-view.ts";
import type { RoleName } from "./timeline-view.ts";

/** What this device has not got through: commands that wait for the server, and those that it rejected, until a person decides. */
export interface OutboxView {
  /** Commands without a verdict, of all conversations. */
  readonly waiting: number;
  /** Rejected commands, of all conversations. */
  readonly failed: number;
  /** Those with failed commands first, then by how long they wait; at most 100. */
  readonly groups: readonly OutboxGroup[];
}

export const emptyOutbox: OutboxView = { waiting: 0, failed: 0, groups: [] };

/** The queue of one conversation, or of the account's own log, and what failed in it. */
export interface OutboxGroup {
  /** Of the conversation or the account. */
  readonly id: string;
  readonly waiting: number;
  readonly failed: number;
  readonly why: QueueWait;
  /** The first 50 that failed, then the first 20 that wait, in the order in which they were made. */
  readonly items: readonly OutboxItem[];
}

/** Why the head of a queue is still there, given a connection. */
export type QueueWait =
  /** It is sent, or its turn comes. */
  | { readonly kind: "sending" }
  /** The server asked to wait until then (milliseconds since 1970, device's clock). */
  | { readonly kind: "put-off"; readonly reason: HoldUp; readonly until: number }
  /** The server is asked first what it still knows of this conversation: it was restored from a backup. */
  | { readonly kind: "checking" };

export interface OutboxItem {
  /** Of the command. */
  readonly id: string;
  readonly what: CommandDeed;
  /** When it was made (milliseconds since 1970), by the server's clock where the device's is known to be wrong. */
  readonly at: number;
  /** Others may have seen its effect already. */
  readonly possiblySent: boolean;
  readonly state: OutboxItemState;
}

export type OutboxItemState =
  | { readonly kind: "waiting" }
  /** Until its conversation is created. */
  | { readonly kind: "held" }
  | { readonly kind: "failed"; readonly code: number; readonly reason: string };

/** What a command does. Texts are cut to 200 characters; `of` is the text of the message that it changes, empty where that is not known. */
export type CommandDeed =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "edit"; readonly text: string }
  | { readonly kind: "delete"; readonly of: string }
  | { readonly kind: "withdraw"; readonly of: string }
  | { readonly kind: "reaction"; readonly emoji: string; readonly set: boolean; readonly of: string }
  /** For all members. */
  | { readonly kind: "pin"; readonly pinned: boolean; readonly of: string }
  | { readonly kind: "create"; readonly title: string; readonly names: readonly string[] }
  | { readonly kind: "add-members" | "remove-members"; readonly names: readonly string[] }
  | { readonly kind: "leave" }
  /** By a link. */
  | { readonly kind: "join" }
  | { readonly kind: "invite"; readonly label: string }
  | { readonly kind: "revoke-invite" }
  /** A thread, which it may begin. */
  | { readonly kind: "follow"; readonly following: boolean }
  | { readonly kind: "cancel-join" }
  | { readonly kind: "answer-join"; readonly accept: boolean }
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "role"; readonly role: RoleName; readonly name: string }
  | { readonly kind: "description"; readonly description: string }
  /** Of a group; `empty`: that there is none any more. */
  | { readonly kind: "picture"; readonly empty: boolean }
  /** After how long messages disappear; 0: they stay. */
  | { readonly kind: "timer"; readonly seconds: number }
  /** How a conversation is treated, or a message of it saved; named by its id: its group is that of the account. */
  | { readonly kind: "preference"; readonly of: string; readonly what: PreferenceDeed }
  /** To post a message later; `of` is the id of the conversation, empty where it is scheduled already. */
  | { readonly kind: "schedule"; readonly text: string; readonly of: string }
  /** Not to post it after all. */
  | { readonly kind: "unschedule" }
  | { readonly kind: "block"; readonly blocked: boolean; readonly name: string }
  /** To tell the admins of the server of messages; `of` is the id of the conversation. */
  | { readonly kind: "report"; readonly of: string }
  /** Made by a newer version. */
  | { readonly kind: "other" };

export type PreferenceDeed =
  | "pin"
  | "unpin"
  | "mute"
  | "unmute"
  | "archive"
  | "unarchive"
  | "mark-unread"
  | "mark-read"
  | "accept-request"
  | "decline-request"
  | "save"
  | "unsave"
  | "remind"
  | "unremind"
  | "hide"
  | "clear"
  | "unlist";
