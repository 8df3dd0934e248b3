import type { BlockedPlace, Marks, Preferences, Ranges, ReminderState } from "@parley/log";
import type { Conversation, Entry, Head, Profile, ReadState } from "@parley/protocol";
import type { LostReminders } from "../api/reminder-view.ts";
import type { ThreadPlace } from "../api/thread-place.ts";

/**
 * The local store of one account on one device. A device *is* its local store: where it is lost, a new device begins.
 *
 * Reads see every commit that resolved before them. A commit is atomic: all of its changes or none. It is refused with StaleOwnerError
 * when another owner has claimed the store since, so that a frozen owner that thaws changes nothing.
 */
export interface ClientStore {
  /** Makes the caller the owner: a generation greater than every one before. */
  claim(): Promise<number>;

  /** Everything that the engine keeps in memory. */
  load(): Promise<StoredState>;

  /** Entries of one conversation with ordinals in [from, to], ascending; those that are not stored are left out. */
  entries(conversation: string, from: number, to: number): Promise<readonly Entry[]>;
  /** Entries by id, in no particular order; those that are not stored are left out. */
  entriesById(conversation: string, ids: readonly string[]): Promise<readonly Entry[]>;
  /** The entries of all conversations that disappear next, at most so many, the first first. */
  disappearing(most: number): Promise<readonly Entry[]>;

  /** What is kept of the picture of a conversation; undefined if nothing is. */
  picture(conversation: string): Promise<StoredPicture | undefined>;

  /**
   * Applies changes in order in one transaction.
   *
   * @param durability strict: survives a power cut once resolved (outbox). relaxed: the server can send it again.
   */
  commit(generation: Generation, changes: readonly StoreChange[], durability: Durability): Promise<void>;

  close(): Promise<void>;
}

/**
 * As which owner of the store commits are made. `none`: there is no room to become one, so that what is stored can be read, and nothing but old history
 * given up.
 */
export type Generation = number | "none";

export type Durability = "strict" | "relaxed";

export interface StoredState {
  readonly meta: StoredMeta | undefined;
  readonly conversations: readonly StoredConversation[];
  readonly profiles: readonly Profile[];
  /** In queue order within each log. */
  readonly outbox: readonly OutboxEntry[];
  readonly links: readonly StoredLink[];
  /** What the drafts say on this device; empty ones are left out. */
  readonly drafts: readonly { readonly conversation: string; readonly text: string }[];
  readonly confirmedDrafts: readonly ConfirmedDraft[];
}

export interface StoredMeta {
  readonly account: string;
  readonly device: string;
  readonly incarnation: string;
  readonly accountHead: number;
  /** Logs whose history may not hold all of this device's acknowledged commands any more: the server is to be asked. */
  readonly doubted: readonly string[];
  /** By how much the device's clock was wrong when the server told last; absent if it was right. */
  readonly clockError?: ClockError | undefined;
  /** What the account keeps to itself, as the server told last; absent until it did. */
  readonly privacy?: StoredPrivacy | undefined;
  /** How the account treats conversations, as of the account head; absent until the server told. */
  readonly preferences?: readonly StoredPreferences[] | undefined;
  /** The messages that the account has saved, the last one last, as of the account head; absent until the server told. */
  readonly saved?: readonly StoredSaved[] | undefined;
  /** What the account has hidden from itself, as of the account head; absent until the server told. */
  readonly hidden?: readonly StoredHidden[] | undefined;
  /** Of links to groups that were made on this device, the newest last: nobody else has them. */
  readonly inviteCodes?: readonly StoredInviteCode[] | undefined;
  /** The messages that wait to be posted for the account, as of the account head; absent until the server told. */
  readonly scheduled?: readonly StoredScheduled[] | undefined;
  /** Whom the account blocks, as of the account head; absent until the server told. */
  readonly blocked?: StoredBlocks | undefined;
  /** The messages that the account is to be reminded of, as of the account head; absent until the server told. */
  readonly reminders?: readonly ReminderState[] | undefined;
  /** Those that ended last although nobody wanted them to; absent if none did. */
  readonly lostReminders?: LostReminders | undefined;
  /** Of what this device did: whom it did not bring, the latest last, until a person is told. */
  readonly leftOut?: readonly StoredLeftOut[] | undefined;
}

export interface StoredLeftOut {
  /** That named them. */
  readonly command: string;
  readonly conversation: string;
  readonly accounts: readonly string[];
}

export interface StoredInviteCode {
  /** What stands in the link. */
  readonly code: string;
  /** Of its secret, as the state of the group has it. */
  readonly hash: string;
}

export interface StoredBlocks {
  /** The account head as of which it is so: what was counted before counted others. */
  readonly asOf: number;
  /** The one blocked last comes last. */
  readonly people: readonly StoredBlocked[];
}

export interface StoredBlocked extends BlockedPlace {
  readonly account: string;
  /** The server's clock. */
  readonly at: number;
}

export interface StoredScheduled {
  readonly id: string;
  readonly conversation: string;
  /** The server's clock. */
  readonly at: number;
  readonly text: string;
  /** Empty if it answers nothing. */
  readonly replyTo: string;
  /** Why it could not be posted, a RejectionCode; 0 while it waits. */
  readonly rejection: number;
}

export interface StoredHidden {
  readonly conversation: string;
  /** Of ordinals. */
  readonly runs: Ranges;
  /** The conversation is out of the list until there is an entry after this ordinal; absent or 0 if it is listed. */
  readonly unlistedUpTo?: number;
  /** The account head as of which it is so: what was counted before counted some of it. */
  readonly asOf: number;
}

export interface StoredSaved {
  readonly conversation: string;
  readonly message: string;
  readonly ordinal: number;
  /** The thread that it is in; absent if it is in none. */
  readonly thread?: ThreadPlace | undefined;
  /** The server's clock. */
  readonly savedAt: number;
}

export interface StoredPreferences extends Preferences {
  readonly conversation: string;
}

export interface StoredPrivacy {
  readonly rev: number;
  readonly hidesReads: boolean;
  readonly hidesPresence: boolean;
}

export interface ClockError {
  /** To be added to the device's clock. */
  readonly offsetMs: number;
  /** When that was found out, by the device's clock. */
  readonly foundAt: number;
}

/** What a device holds of one conversation besides its entries. */
export interface StoredConversation {
  readonly id: string;
  /** The device's head: every visible event up to here is applied to every row and range held. */
  readonly head: Head;
  readonly entryHead: number;
  /** Absent until the first Reset or Changes brought it. */
  readonly state: Conversation | undefined;
  /** Complete runs as of `head`. */
  readonly ranges: Ranges;
  /** Runs that were complete before a Reset: not shown or searched until they are fetched again. */
  readonly staleRanges: Ranges;
  /** Own marks as the server last confirmed them, and the unread count that came with them. */
  readonly read: ReadState;
  /** Own marks that the server has not confirmed yet. */
  readonly wanted: Marks;
  /** Marks of the other members. */
  readonly others: readonly { readonly account: string; readonly marks: Marks }[];
  /** Marks that every other member has reached, where the server tells only that (large groups). */
  readonly byAll: Marks;
  /** Stretches that this viewer may not see, drawn as boundaries. */
  readonly skips: readonly StoredSkip[];
  /** The newest entry held, so that the list can be drawn without reading entries. */
  readonly newest: Entry | undefined;
  /** When a person last opened it on this device, by its clock; 0 if never. Where room is short, what was not opened for long goes first. */
  readonly openedAt: number;
}

/** The picture of a group, as the server gave it. */
export interface StoredPicture {
  readonly conversation: string;
  /** Made of the bytes: whether they are those that the state of the conversation names. */
  readonly id: string;
  /** A JPEG. */
  readonly bytes: Uint8Array;
}

export interface StoredSkip {
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}

/** A draft as the server told it last; an empty one too, for its version. */
export interface ConfirmedDraft {
  readonly conversation: string;
  readonly version: number;
  readonly text: string;
  /** What this device has sent as made from it and has no answer to, in its order. */
  readonly sent: readonly string[];
}

/** The last command of this device in a log that is known to have a verdict: what the next one links to. */
export interface StoredLink {
  readonly log: string;
  readonly last: string;
  /** The place that the command had in its queue. */
  readonly position: number;
}

/** A pending command. Its place in the queue of its log is `position`. */
export interface OutboxEntry {
  readonly id: string;
  readonly log: string;
  /** Ascending within a log; gaps are normal. */
  readonly position: number;
  /** The encoded Command, never changed. */
  readonly command: Uint8Array;
  /** Set durably before its first byte leaves. */
  readonly possiblySent: boolean;
  readonly state: OutboxEntryState;
}

export type OutboxEntryState =
  | { readonly kind: "queued" }
  /** Held until the command `id` in another log is accepted; fails with it. */
  | { readonly kind: "held"; readonly id: string; readonly log: string }
  /** Kept so that a person can read why and retry or discard; no longer part of the queue. */
  | {
      readonly kind: "rejected";
      readonly code: number;
      readonly reason: string;
      /** The command in another log that it was held for, and with which it fell; absent if none. */
      readonly fellWith?: string | undefined;
    }
  /**
   * Acknowledged. The latest are kept even after their events are held, so that a server restored from a backup can be given them again.
   */
  | {
      readonly kind: "accepted";
      readonly seq: number;
      readonly receivedAt: number;
      /** It was found out whom of those that it named it left out; absent until then, and where it names nobody. */
      readonly lookedAt?: true;
    };

export type StoreChange =
  | { readonly kind: "meta"; readonly meta: StoredMeta }
  | { readonly kind: "conversation"; readonly conversation: StoredConversation }
  /** Also removes its entries and its picture. */
  | { readonly kind: "forget-conversation"; readonly id: string }
  | { readonly kind: "entries"; readonly entries: readonly Entry[] }
  /** Removes entries of one conversation with ordinals in [from, to]. */
  | { readonly kind: "forget-entries"; readonly conversation: string; readonly from: number; readonly to: number }
  /** In place of the one that its conversation had. */
  | { readonly kind: "picture"; readonly picture: StoredPicture }
  | { readonly kind: "forget-picture"; readonly conversation: string }
  | { readonly kind: "profiles"; readonly profiles: readonly Profile[] }
  | { readonly kind: "outbox"; readonly entry: OutboxEntry }
  | { readonly kind: "forget-outbox"; readonly id: string }
  /** Replaces the link of its log. */
  | { readonly kind: "link"; readonly link: StoredLink }
  | { readonly kind: "draft"; readonly conversation: string; readonly text: string }
  | { readonly kind: "confirmed-draft"; readonly draft: ConfirmedDraft }
  /** Everything but the outbox, links, texts of drafts and meta: another incarnation began. */
  | { readonly kind: "forget-history" };

/** Another owner has claimed the store. Not worth retrying: this owner must stop. */
export class StaleOwnerError extends Error {
  override readonly name = "StaleOwnerError";
}
