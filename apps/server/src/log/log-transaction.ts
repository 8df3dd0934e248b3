import type { HiddenRuns, Marks, Preferences, ReminderPlaced, ReminderState } from "@parley/log";
import type {
  AccountEvent,
  BlockedPerson,
  Draft,
  Entry,
  Privacy,
  Profile,
  Report,
  SavedMessage,
  ScheduledMessage,
} from "@parley/protocol";
import type { DirtyConversation, LogSnapshot, RejectionCount } from "./log-snapshot.ts";
import type { MemberMarks } from "./member-marks.ts";
import type {
  ConversationRecord,
  DeviceRecord,
  DueRecord,
  EventRecord,
  LogPosition,
  MarkMove,
  MemberRecord,
} from "./records.ts";

/** The writes of a log store, inside one durable transaction. Its reads see its own writes. */
export interface LogTransaction extends LogSnapshot {
  putIncarnation(incarnation: string): Promise<void>;

  /** Throws if the command has a verdict already. */
  accept(log: string, id: string, seq: number): Promise<void>;
  /** Throws if the command has a verdict already. */
  reject(log: string, id: string, rejection: StoredRejection): Promise<void>;
  putRejections(account: string, rejections: RejectionCount): Promise<void>;

  addConversation(conversation: ConversationRecord): Promise<void>;
  putConversation(conversation: ConversationRecord): Promise<void>;
  /** In place of the one that there was, whose bytes are erased; empty for none. */
  putPicture(conversation: string, bytes: Uint8Array): Promise<void>;
  /** How far its log is: all that a message changes of a conversation. */
  putPosition(position: LogPosition): Promise<void>;
  putMember(conversation: string, member: MemberRecord): Promise<void>;
  addEvent(event: EventRecord): Promise<void>;
  addEntry(entry: Entry): Promise<void>;
  /** `before` is the row as it was read in this transaction. */
  changeEntry(before: Entry, after: Entry): Promise<void>;
  /** Keeps what a message says now, because it is about to say something else; so many versions stay of it. */
  keepVersion(entry: Entry, keep: number): Promise<void>;
  forgetVersions(conversation: string, ordinal: number): Promise<void>;
  /** Those of all messages. */
  forgetAllVersions(): Promise<void>;

  putOrder(log: string, device: string, last: string): Promise<void>;
  putDevice(device: DeviceRecord): Promise<void>;
  /** A device was there; what was noted later stays. */
  noteSeen(account: string, device: string, at: number): Promise<void>;
  /** Forgets the closed devices of an account but those closed last. */
  forgetClosedDevices(account: string, keep: number): Promise<void>;
  putMark(conversation: string, account: string, marks: MemberMarks): Promise<void>;
  /** Appends to what is known of how a member's marks moved, as others are told them; so many moves are kept. @param from where they were before */
  addMarkMove(conversation: string, account: string, from: Marks, move: MarkMove): Promise<void>;
  putDraft(account: string, draft: Draft): Promise<void>;
  putPrivacy(account: string, privacy: Privacy): Promise<void>;
  putProfile(profile: Profile): Promise<void>;

  /** Appends to an account's log, which is the seq of the event; throws if that seq is taken. */
  addAccountEvent(account: string, event: AccountEvent): Promise<void>;
  putPreference(account: string, conversation: string, preferences: Preferences): Promise<void>;
  /** @param seq of the event that saved it; throws if the message is saved */
  addSaved(account: string, seq: number, saved: Omit<SavedMessage, "$typeName" | "parent" | "root">): Promise<void>;
  forgetSaved(account: string, conversation: string, message: string): Promise<void>;
  /** @param hidden all of it: there is at least one run */
  putHidden(account: string, conversation: string, hidden: HiddenRuns): Promise<void>;

  /** @param seq of the event that says so */
  putScheduled(account: string, seq: number, message: ScheduledMessage): Promise<void>;
  forgetScheduled(account: string, id: string): Promise<void>;
  /** Also in the row of the account in that conversation. @param seq of the event that says so; throws if that one is blocked */
  addBlocked(account: string, seq: number, blocked: BlockedPerson): Promise<void>;
  forgetBlocked(account: string, blocked: Pick<BlockedPerson, "account" | "conversation">): Promise<void>;
  /** Throws if there is one of that id. */
  addReport(report: Report): Promise<void>;
  /** An admin is done with it. */
  closeReport(reporter: string, id: string, at: number): Promise<void>;
  forgetReport(reporter: string, id: string): Promise<void>;
  /** @param seq of the event that says so */
  putReminder(account: string, seq: number, reminder: ReminderState): Promise<void>;
  forgetReminder(account: string, place: ReminderPlaced): Promise<void>;
  /** In place of when it was due before. */
  putDue(due: DueRecord): Promise<void>;
  forgetDue(due: Omit<DueRecord, "at">): Promise<void>;
  /** A message that disappears was posted, and nobody else has read it yet. */
  addUnreadExpiry(entry: Entry): Promise<void>;
  forgetUnreadExpiry(conversation: string, ordinal: number): Promise<void>;

  /** Followers have work; a row that is there keeps its `since`. */
  putDirty(dirty: DirtyConversation): Promise<void>;
  clearDirty(conversation: string): Promise<void>;
  putCursor(conversation: string, follower: string, done: number): Promise<void>;
}

export interface StoredRejection {
  readonly account: string;
  readonly code: number;
  readonly reason: string;
  readonly receivedAt: number;
}
