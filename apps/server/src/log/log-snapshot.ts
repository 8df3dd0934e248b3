import type { HiddenRuns, Preferences, Range, ReminderPlaced } from "@parley/log";
import type {
  AccountEvent,
  BlockedPerson,
  ConversationPreferences,
  Draft,
  HiddenMessages,
  MentionPlace,
  Privacy,
  Profile,
  Report,
  SavedMessage,
  ThreadSummary,
  Version,
} from "@parley/protocol";
import type { Authorship, RoomMember, RoomRecord } from "./log-reader.ts";
import type { AccountMarks } from "./member-marks.ts";
import type {
  ConversationRecord,
  DeviceRecord,
  DeviceStanding,
  DueRecord,
  EventRecord,
  MarkMove,
  MemberRecord,
  Membership,
  MentionRecord,
  ReminderRecord,
  ScheduledRecord,
  SizedEntry,
  VerdictRecord,
} from "./records.ts";

/** The reads of a log store, all of one moment. */
export interface LogSnapshot {
  incarnation(): Promise<string>;

  verdict(log: string, id: string): Promise<VerdictRecord | undefined>;

  conversation(id: string): Promise<ConversationRecord | undefined>;
  /** The bytes of its picture; undefined where it has none. */
  picture(conversation: string): Promise<Uint8Array | undefined>;
  member(conversation: string, account: string): Promise<MemberRecord | undefined>;
  /** Past and present, by account id. */
  members(conversation: string): Promise<readonly MemberRecord[]>;
  /** One account's place in one conversation, past or present. */
  membership(account: string, conversation: string): Promise<Membership | undefined>;
  /** All conversations that an account is or was a member of, newest activity first (for a former member: until it parted). */
  memberships(account: string): Promise<readonly Membership[]>;
  /** Conversations that an account is or was a member of, by id. */
  attended(account: string): Promise<readonly { readonly conversation: string; readonly present: boolean }[]>;
  /** Whether two accounts are both members of a group now. */
  sharesGroup(account: string, other: string): Promise<boolean>;
  /** Whether an account was a member of a conversation that is no thread: of a thread that it follows no more it is not told. */
  hasParted(account: string): Promise<boolean>;
  presentMembers(conversation: string): Promise<readonly string[]>;

  /** The entry that the command `id` made; undefined if it made none. */
  entry(conversation: string, id: string): Promise<SizedEntry | undefined>;
  /** A run of ordinals, both ends included, ascending. */
  entries(conversation: string, from: number, to: number): Promise<readonly SizedEntry[]>;
  /** What a message said before it was edited, as far as it is kept: what was written before a seq, the newest first. */
  versions(conversation: string, ordinal: number, before: number): Promise<readonly Version[]>;
  /** Ordinals of entries that events in (after, to] made or changed, ascending, each once, at most `limit`. */
  touched(conversation: string, after: number, to: number, limit: number): Promise<readonly number[]>;
  /** Messages in a run of ordinals, both ends included, ascending; deleted ones too. */
  authorships(conversation: string, from: number, to: number): Promise<readonly Authorship[]>;
  /** Messages in a run of ordinals, both ends included, that are neither the viewer's, nor by whom the viewer blocks, nor deleted. */
  countable(conversation: string, viewer: string, from: number, to: number): Promise<number>;
  /** Messages of others whom the viewer does not block, in a run of ordinals, both ends included, that mention the viewer, by name or with everyone; in no particular order. */
  mentions(conversation: string, viewer: string, from: number, to: number): Promise<readonly MentionRecord[]>;
  /** Where messages of others stand in a conversation that mention the viewer and come after a place; the newest first. */
  mentionPlaces(run: MentionRun): Promise<readonly Omit<MentionPlace, "$typeName" | "conversation">[]>;

  /** The first event of a thread that happened when the parent was at a seq or later; undefined if none has. */
  firstUnder(thread: string, parentSeq: number): Promise<number | undefined>;
  /** The ordinal of the last entry that was made before a seq; 0 if there is none. */
  lastOrdinalBefore(conversation: string, seq: number): Promise<number>;
  /** What the root of a thread tells of it, counted anew. */
  threadSummary(thread: string): Promise<ThreadSummary>;
  /** The threads of a conversation that an account follows, at most `limit`. */
  following(account: string, parent: string, limit: number): Promise<readonly string[]>;

  /** Id of the event at a seq. */
  eventTag(log: string, seq: number): Promise<number | undefined>;
  /** Events in (after, to], ascending, at most `limit`. */
  events(log: string, after: number, to: number, limit: number): Promise<readonly EventRecord[]>;

  /** Of present members, as far as others are told them. */
  marks(conversation: string): Promise<readonly Omit<AccountMarks, "read">[]>;
  /** How the marks of each member moved last, from the oldest move that is known on: when that was, its first one does not say. */
  markMoves(conversation: string): Promise<ReadonlyMap<string, readonly MarkMove[]>>;
  /** What the hub keeps of a conversation. */
  room(conversation: string): Promise<RoomRecord | undefined>;
  /** What it keeps of each member past and present, with its marks. */
  roomMembers(conversation: string): Promise<readonly RoomMember[]>;

  privacy(account: string): Promise<Privacy>;
  profile(account: string): Promise<Profile | undefined>;
  /** Everybody who shares or shared a conversation with an account, and the account itself. */
  acquaintances(account: string): Promise<readonly Profile[]>;
  /** By the beginning of user name or display name, whatever the case. */
  findPeople(prefix: string, limit: number): Promise<readonly Profile[]>;

  standing(account: string, device: string, log: string): Promise<DeviceStanding | undefined>;
  device(id: string): Promise<DeviceRecord | undefined>;
  openDevices(account: string): Promise<readonly DeviceRecord[]>;
  /** When any of its devices was there last; 0 if none was. */
  lastSeen(account: string): Promise<number>;
  openDeviceOf(session: string): Promise<DeviceRecord | undefined>;

  accountHead(account: string): Promise<number>;
  /** The last seq of an account's log, and whether it keeps anything that a device must be told. */
  accountLog(account: string): Promise<AccountLogState>;
  /** Events of an account log after a seq, ascending. */
  accountEvents(account: string, after: number, limit: number): Promise<readonly AccountEvent[]>;
  /** How an account treats a conversation; undefined if it never said. */
  preference(account: string, conversation: string): Promise<Preferences | undefined>;
  preferences(account: string): Promise<readonly ConversationPreferences[]>;
  pinnedCount(account: string): Promise<number>;
  /** In the order in which they were saved. */
  saved(account: string): Promise<readonly SavedMessage[]>;
  /** The ordinal of a saved message; undefined if it is not saved. */
  savedOrdinal(account: string, conversation: string, message: string): Promise<number | undefined>;
  savedCount(account: string): Promise<number>;
  /** The entries of a conversation that an account has hidden from itself. */
  hidden(account: string, conversation: string): Promise<HiddenRuns>;
  /** The same of all conversations where there are any, by conversation. */
  allHidden(account: string): Promise<readonly HiddenMessages[]>;
  /** Of those that count against the limit. */
  hiddenRunCount(account: string): Promise<number>;
  /** The messages that wait to be posted for an account, in the order of their times. */
  scheduled(account: string): Promise<readonly ScheduledRecord[]>;
  scheduledMessage(account: string, id: string): Promise<ScheduledRecord | undefined>;
  scheduledUse(account: string): Promise<Use>;
  /** What an account has reported after a time. */
  reportUse(account: string, since: number): Promise<Use>;
  /** The first that no admin is done with, at most `limit`. */
  openReports(limit: number): Promise<readonly Report[]>;
  /** Those that were closed after a time, in this order. */
  closedReports(after: number, limit: number): Promise<readonly Report[]>;
  /** The messages that an account is to be reminded of, in the order of their times. */
  reminders(account: string): Promise<readonly ReminderRecord[]>;
  reminder(account: string, place: ReminderPlaced): Promise<ReminderRecord | undefined>;
  reminderCount(account: string): Promise<number>;
  /** Who is to be reminded of a message, or was and is not done with it. */
  remindedOf(place: ReminderPlaced): Promise<readonly string[]>;
  /** What is due by now, the longest due first, at most `limit`. */
  due(now: number, limit: number): Promise<readonly DueRecord[]>;
  /** Whether it is to be done, now or later. */
  isDue(due: Omit<DueRecord, "at">): Promise<boolean>;
  /** When something is due next, or was; undefined if nothing is. */
  nextDue(): Promise<number | undefined>;
  /** Whom an account blocks, in the order in which they were blocked. */
  blockedPeople(account: string): Promise<readonly BlockedPerson[]>;
  /** Undefined if the account does not block that one. */
  blockedPerson(account: string, blocked: string): Promise<BlockedPerson | undefined>;
  blockedCount(account: string): Promise<number>;
  /** Messages that disappear, by others than a reader, that nobody is known to have read, in a run of ordinals; ids, ascending. */
  unreadExpiries(conversation: string, run: Range, reader: string, limit: number): Promise<readonly string[]>;
  rejections(account: string): Promise<RejectionCount>;

  /** An account's draft in a conversation, an empty one too; undefined if there was none. */
  draft(account: string, conversation: string): Promise<Draft | undefined>;
  /** The greatest version of its drafts; 0 if it had none. */
  draftHead(account: string): Promise<number>;
  /** Of those that are not empty. */
  draftUse(account: string): Promise<Use>;
  /** Those with greater versions than `after`, ascending. */
  drafts(account: string, after: number, limit: number): Promise<readonly Draft[]>;

  /** Conversations that followers have work in, at most `limit`. */
  dirty(limit: number): Promise<readonly DirtyConversation[]>;
  /** How far a follower is done with a conversation. */
  cursor(conversation: string, follower: string): Promise<number>;
}

export interface AccountLogState {
  readonly head: number;
  readonly prefers: boolean;
}

/** Mentions of a viewer in one conversation. */
export interface MentionRun {
  readonly conversation: string;
  readonly viewer: string;
  /** Those received before this, and of those received then the ones with smaller ordinals than this. */
  readonly at: number;
  readonly ordinal: number;
  /** The greatest ordinal that the viewer may see. */
  readonly upTo: number;
  readonly limit: number;
}

/** What the drafts, the scheduled messages or the reports of an account take. */
export interface Use {
  readonly count: number;
  /** Of the texts of drafts, in UTF-8; of messages as they are stored. */
  readonly bytes: number;
}

/** Stored rejections of an account since the beginning of a period. */
export interface RejectionCount {
  readonly since: number;
  readonly count: number;
}

/** Followers have work in (since - 1, head]. */
export interface DirtyConversation {
  readonly conversation: string;
  readonly since: number;
  readonly head: number;
}
