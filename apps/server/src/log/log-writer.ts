import type { AccountEvent, Answer, Draft, Event, Order, Privacy } from "@parley/protocol";
import type { MemberMarks } from "./member-marks.ts";

/**
 * Everything that changes logs, as one port. The SQLite implementation may live on a thread of its own, so every argument and result is
 * plain data that survives a structured clone. A promise that resolves means: durable.
 */
export interface LogWriter {
  /**
   * Judges a batch in one durable transaction, each command after its predecessors, and answers in the order given. Never rejects for what
   * a command says; rejects only when the store is broken, and then nothing of the batch was recorded.
   */
  execute(batch: readonly Submitted[]): Promise<Outcome>;

  /** Merges marks of one account by maximum, clamped to what it may see. */
  mark(account: string, update: MarkRequest): Promise<MarkOutcome | undefined>;

  /** Stores a draft, unless there is one that it was not made from. Undefined if the account may not have one there. */
  draft(account: string, request: DraftRequest): Promise<DraftOutcome | undefined>;

  /** Registers a device for a session, or finds it. A new device replaces the session's former one, which is closed in the same transaction. */
  registerDevice(device: DeviceRegistration): Promise<DeviceOutcome>;

  /** Closes a device: late commands of it get DEVICE_CLOSED. The session that it belonged to; undefined if the account has no such open device. */
  closeDevice(account: string, device: string): Promise<string | undefined>;

  /** Notes when a device was there last. */
  seen(account: string, device: string, at: number): Promise<void>;

  /** Makes or renames the profile of an account; its new rev. */
  putProfile(account: string, userName: string, displayName: string): Promise<number>;

  /** What an account keeps to itself from now on. */
  putPrivacy(account: string, change: PrivacyChange): Promise<Privacy>;

  /** An admin is done with a report. */
  closeReport(reporter: string, id: string): Promise<void>;

  /** Lets followers work off up to one batch of dirty rows; what they wrote to account logs. Empty when there is nothing left to do. */
  follow(): Promise<FollowerOutcome>;

  /** Does what is due by now, as much as one transaction should hold. */
  due(): Promise<DueOutcome>;

  close(): Promise<void>;
}

/** A command at the door of the executor. */
export interface Submitted {
  readonly account: string;
  /** Undefined for calls without a device; only Order.none is legal then. */
  readonly device: string | undefined;
  readonly order: Order;
  /** The encoded Command as received. */
  readonly command: Uint8Array;
}

export interface Outcome {
  readonly answers: readonly Answer[];
  /** In commit order; within a conversation ascending and gapless. */
  readonly published: readonly PublishedEvent[];
  /** What commands wrote to account logs, in commit order. */
  readonly written: readonly AccountNews[];
}

export interface DueOutcome extends Omit<Outcome, "answers"> {
  /** Whether something was erased that no event speaks of: a report whose time is over. */
  readonly forgets: boolean;
  /** When something is due next, in the past where there is more to do now; undefined if nothing is. */
  readonly next: number | undefined;
}

/** A durable event of an account's log. */
export interface AccountNews {
  readonly account: string;
  readonly event: AccountEvent;
}

/** A durable event on its way to devices. */
export interface PublishedEvent {
  /** Carries content only if every present member may see it. */
  readonly event: Event;
  /** Ordinal of the entry that it made or changed; 0 if none. */
  readonly touched: number;
  /** Accounts that are members after the event and were not before. */
  readonly joined: readonly string[];
  /** Accounts that were members before the event and are not after; it is the last one they see. */
  readonly parted: readonly string[];
  /** Drafts that were emptied with it; absent if none. */
  readonly emptied?: readonly EmptiedDraft[];
}

/** A draft as it was stored, and the greatest version of the account's drafts before it. */
export interface WrittenDraft {
  readonly draft: Draft;
  readonly after: number;
}

export interface EmptiedDraft extends WrittenDraft {
  readonly account: string;
}

export interface DraftRequest {
  readonly conversation: string;
  readonly text: string;
  /** The version that the text was made from. */
  readonly base: number;
  /** The device that writes it. */
  readonly device: string;
}

/** `unchanged`: another draft came before, or the one that is stored says the same. */
export type DraftOutcome =
  | ({ readonly kind: "written" } & WrittenDraft)
  | { readonly kind: "unchanged"; readonly draft: Draft };

export interface MarkRequest {
  readonly conversation: string;
  readonly delivered: number;
  readonly read: number;
}

/** What is undefined stays as it is. */
export interface PrivacyChange {
  readonly hidesReads: boolean | undefined;
  readonly hidesPresence: boolean | undefined;
}

/** Marks as they are stored now. */
export interface MarkOutcome extends MemberMarks {
  /** False when the merge changed nothing. */
  readonly changed: boolean;
  /** Whether it changed what others are told. */
  readonly told: boolean;
  /** When something is due by it; absent if nothing is. */
  readonly due?: number;
}

export interface DeviceRegistration {
  readonly account: string;
  readonly session: string;
  readonly device: string;
  readonly name: string;
}

export type DeviceOutcome =
  | {
      readonly kind: "open";
      /** The session's former device, if this call closed one. */
      readonly replaced: string | undefined;
      /** The session that the device belonged to before, if it has moved: nothing lists that session any more, so it must end. */
      readonly abandoned: string | undefined;
      /** The device that this call closed because the account has too many: the one seen longest ago. Its session must end. */
      readonly crowdedOut: { readonly device: string; readonly session: string } | undefined;
    }
  /** The id belongs to another account, or to a device that was closed. */
  | { readonly kind: "refused" };

export interface FollowerOutcome {
  readonly written: readonly AccountNews[];
}
