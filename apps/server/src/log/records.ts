import type { Marks, ReminderState } from "@parley/log";
import type {
  Conversation,
  ConversationKind,
  Encryption,
  Entry,
  Event,
  HistoryPolicy,
  Interval,
  Invite,
  JoinRequest,
  RejectionCode,
  Role,
  ScheduledMessage,
} from "@parley/protocol";
import type { MemberMarks } from "./member-marks.ts";

/** A conversation without its members, and where its log stands. */
export interface ConversationRecord {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly encryption: Encryption;
  readonly history: HistoryPolicy;
  readonly title: string;
  readonly description: string;
  readonly rev: number;
  readonly createdBy: string;
  readonly createdAt: number;
  /** Of a thread, else empty. */
  readonly parent: string;
  readonly root: string;
  /** Ids, in the order in which they were pinned. */
  readonly pinnedMessages: readonly string[];
  readonly invites: readonly Invite[];
  readonly joinRequests: readonly JoinRequest[];
  /** After how long messages disappear that are posted now; 0: they stay. */
  readonly timerSeconds: number;
  /** It is a message request that was not answered by a message. */
  readonly request: boolean;
  /** Of a group: the id of its picture; empty where it has none. */
  readonly picture: string;
  /** Ordinal of the last message that was posted with a timer; 0 if there was none: most conversations never have one. */
  readonly timedUpTo: number;
  /** Seq of the last event. */
  readonly head: number;
  /** Ordinal of the last entry. */
  readonly entryHead: number;
  /** Tag of the last event's id. */
  readonly tag: number;
  /** When the last entry was received. */
  readonly activeAt: number;
}

/** How far the log of a conversation is. */
export type LogPosition = Pick<ConversationRecord, "id" | "head" | "entryHead" | "tag" | "activeAt" | "timedUpTo">;

/**
 * An interval and the ordinals of the entries in it. Joining and leaving make entries of their own, so seqs and ordinals begin and end
 * together. `toOrdinal` is 0 while the interval is open.
 */
export interface PlacedInterval extends Interval {
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}

export interface MemberRecord {
  readonly account: string;
  readonly role: Role;
  readonly present: boolean;
  readonly rev: number;
  readonly intervals: readonly PlacedInterval[];
  /** What a former member keeps; undefined while present. */
  readonly parting: Parting | undefined;
  /** In a direct conversation whose other member is blocked: the last entry before that; 0 if there was none. */
  readonly blockedAfter?: number | undefined;
}

/** The conversation as its former member saw it last. */
export interface Parting {
  readonly tag: number;
  readonly at: number;
  readonly state: Conversation;
}

/** A conversation as one of its members, past or present, finds it. */
export interface Membership extends MemberMarks {
  readonly conversation: ConversationRecord;
  readonly member: MemberRecord;
}

/** Where a member's marks were from a time on. */
export interface MarkMove extends Marks {
  readonly at: number;
}

/** A message that mentions somebody. */
export interface MentionRecord {
  readonly ordinal: number;
  /** Its content is out of sight where this seq is. */
  readonly contentRev: number;
}

/** An entry and about how many bytes it takes in a frame. */
export interface SizedEntry {
  readonly entry: Entry;
  readonly bytes: number;
}

/** A verdict as it is stored, with the account whose command it judged. */
export type VerdictRecord =
  | { readonly kind: "accepted"; readonly account: string; readonly seq: number; readonly receivedAt: number }
  | { readonly kind: "rejected"; readonly account: string; readonly code: RejectionCode; readonly reason: string };

/** A device as the executor needs to know it. */
export interface DeviceStanding {
  readonly open: boolean;
  /** The last command of the device in the log that has a verdict. */
  readonly last: string | undefined;
}

export interface DeviceRecord {
  readonly id: string;
  readonly account: string;
  readonly session: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** 0 while open. */
  readonly closedAt: number;
}

/** A message that waits for its time. */
export interface ScheduledRecord {
  /** Of the event of its account's log that said last what it says. */
  readonly seq: number;
  readonly message: ScheduledMessage;
}

/** A message that an account is to be reminded of. */
export interface ReminderRecord {
  /** Of the event of its account's log that set it last. */
  readonly seq: number;
  readonly reminder: ReminderState;
}

/** Something that the server has to do at a time. */
export interface DueRecord {
  /**
   * To post a message, to remind of one, to erase a report or a message, to see what somebody has read of those that disappear, or to have who has parted follow
   * threads no more.
   */
  readonly kind: "scheduled" | "report" | "reminder" | "expiry" | "reading" | "parting";
  /** Whose it is; empty where it is the conversation's. */
  readonly account: string;
  readonly conversation: string;
  /** What it is about: the id of a scheduled message, of a report, or of the message of a reminder or one that disappears; else empty. */
  readonly subject: string;
  readonly at: number;
}

/** A stored event: facts without content; `touched` is the ordinal of the entry that it made or changed, 0 if none. */
export interface EventRecord {
  readonly event: Event;
  readonly touched: number;
}
