import type { ConversationView, ReminderItem, ScheduledItem, TimelineView } from "@parley/client";
import type { ReminderState } from "@parley/log";
import type {
  AccountEvent,
  Answer,
  BlockedPerson,
  Command,
  Conversation,
  ConversationStatus,
  Event,
  MarkUpdate,
  MemberMark,
  Page,
  ReadState,
  Report,
} from "@parley/protocol";
import type { TypedCommands } from "@parley/simulation/oracle";

/** Everything that was seen of one run from outside the server. Whether the server kept its promises follows from this alone. */
export interface History {
  readonly accounts: readonly string[];
  /** What each account is called; user name and name are the same. */
  readonly names: ReadonlyMap<string, string>;
  readonly devices: readonly DeviceHistory[];
  /** Every answer that reached somebody, in the order of arrival: to a device, to a copy that was sent again, to a question about verdicts. */
  readonly answers: readonly Told[];
  readonly readings: readonly Reading[];
  /**
   * From the server's file, at rest: the events that it made by itself, and those of threads. Verdicts do not tell of the first, nor where the second stand
   * in the parent.
   */
  readonly stored: readonly Event[];
  /** From there, too: what accounts keep for themselves. */
  readonly kept: readonly StoredAccount[];
}

/** The log of an account, and what the tables keep of it. */
export interface StoredAccount {
  readonly account: string;
  readonly readAt: number;
  /** The latest time that the server's clock has shown. */
  readonly latest: number;
  readonly events: readonly AccountEvent[];
  readonly blocked: readonly BlockedPerson[];
  readonly reminders: readonly ReminderState[];
  /** What it has reported. */
  readonly reports: readonly Report[];
}

export interface Told {
  readonly account: string;
  readonly answer: Answer;
}

/** What one device did and was shown, over all lives of its process. */
export interface DeviceHistory {
  readonly name: string;
  readonly account: string;
  /** What the person typed, in its order. */
  readonly typed: TypedCommands;
  /** Commands that left the device, each once, in the order in which they first did. */
  readonly submitted: readonly Command[];
  readonly marked: readonly MarkUpdate[];
  readonly connections: readonly ConnectionHistory[];
  /** Screens in the middle of things, in order. */
  readonly sightings: readonly Sighting[];
  /** At rest. */
  readonly atRest: DeviceAtRest | undefined;
}

export interface DeviceAtRest {
  readonly listed: readonly ConversationView[];
  /** Every window of every conversation, from the newest to the oldest. */
  readonly screens: readonly TimelineView[];
  /** How many messages it says are saved. */
  readonly saved: number;
  readonly scheduled: readonly ScheduledItem[];
  readonly reminders: readonly ReminderItem[];
  /** The accounts that it says are blocked. */
  readonly blocked: readonly string[];
  /** Commands that the device shows as rejected. */
  readonly rejected: ReadonlySet<string>;
}

/** What one socket brought, in order. */
export interface ConnectionHistory {
  readonly events: readonly Event[];
  readonly readStates: readonly ReadState[];
  readonly memberMarks: readonly MemberMark[];
  /** Undefined while it is open, and where the device died before its socket. */
  readonly closeCode: number | undefined;
}

export interface Sighting {
  /** Which life of the device's process. */
  readonly life: number;
  readonly at: number;
  readonly view: TimelineView;
}

/** What a new session of an account, which holds nothing, is given by the server at rest. */
export interface Reading {
  readonly account: string;
  readonly statuses: readonly ConversationStatus[];
  readonly states: readonly Conversation[];
  readonly pages: readonly Page[];
  /** Conversations that it asked for and was told do not exist. */
  readonly refused: ReadonlySet<string>;
}
