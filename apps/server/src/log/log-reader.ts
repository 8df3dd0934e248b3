import type {
  AccountEvent,
  Answer,
  BlockedPerson,
  Changes,
  ChangesRequest,
  Conversation,
  ConversationPreferences,
  ConversationStatus,
  Device,
  Draft,
  EntriesResponse,
  Head,
  HiddenMessages,
  InviteRequest,
  InviteResponse,
  ListConversationsResponse,
  MentionsRequest,
  MentionsResponse,
  Page,
  PageRequest,
  PictureRequest,
  PictureResponse,
  Privacy,
  Profile,
  ReadState,
  ReceiptsRequest,
  ReceiptsResponse,
  Reminder,
  Report,
  Reset,
  SavedMessage,
  ScheduledMessage,
  VersionsRequest,
  VersionsResponse,
} from "@parley/protocol";
import type { EncodedCatchUp } from "./encoded-catch-up.ts";
import type { AccountMarks } from "./member-marks.ts";
import type { DeviceRecord } from "./records.ts";

/**
 * Every read of logs, as one port, always for one viewer and from one snapshot. Undefined means: no such conversation, or none that the viewer was
 * ever a member of (the two are not told apart).
 */
export interface LogReader {
  incarnation(): Promise<string>;

  page(viewer: string, request: PageRequest): Promise<Page | undefined>;
  changes(viewer: string, request: ChangesRequest): Promise<Changes | Reset | undefined>;
  /** The same as a frame. */
  catchUp(viewer: string, request: CatchUpRequest): Promise<EncodedCatchUp | undefined>;
  /** A fresh start on one conversation, as for a device that holds nothing of it. */
  reset(viewer: string, conversation: string): Promise<Reset | undefined>;
  entries(viewer: string, conversation: string, ids: readonly string[]): Promise<EntriesResponse | undefined>;
  /** Who received and read a message of the viewer's own. */
  receipts(viewer: string, request: ReceiptsRequest): Promise<ReceiptsResponse | undefined>;
  /** What a message said before it was edited. */
  versions(viewer: string, request: VersionsRequest): Promise<VersionsResponse | undefined>;
  /** The bytes of the picture that the viewer sees a group have. */
  picture(viewer: string, request: PictureRequest): Promise<PictureResponse | undefined>;
  /** What a link leads to, by the server's clock. Also for who is no member: the secret is the right. */
  invite(viewer: string, request: InviteRequest, now: number): Promise<InviteResponse | undefined>;
  /** Messages that mention the viewer: in one conversation, or in all that it is or was a member of. */
  mentions(viewer: string, request: MentionsRequest): Promise<MentionsResponse | undefined>;
  verdicts(account: string, log: string, ids: readonly string[]): Promise<readonly Answer[]>;
  conversation(viewer: string, conversation: string): Promise<Conversation | undefined>;
  conversations(viewer: string, limit: number, cursor: string): Promise<ListConversationsResponse>;

  /** What the hub keeps of an account. */
  attendance(account: string): Promise<Attendance>;
  /** What the hub keeps of conversations, in the order asked for; undefined where there is none. */
  rooms(conversations: readonly string[]): Promise<readonly (RoomRecord | undefined)[]>;
  /** Messages in each of these runs, ascending; deleted ones too. */
  authorships(runs: readonly Run[]): Promise<readonly (readonly Authorship[])[]>;
  /** The conversations that an account was a member of and is not any more. */
  formerStatuses(account: string): Promise<readonly ConversationStatus[]>;
  /** One's own marks, and what is unread after them. */
  readState(account: string, conversation: string): Promise<ReadState | undefined>;
  /** Events of an account log after a seq: all of them. */
  accountEvents(account: string, after: number): Promise<readonly AccountEvent[]>;

  /** What an account keeps for itself, and the account head that this is as of. */
  preferences(account: string): Promise<Preferred>;

  /** The drafts of an account with greater versions than `after`, ascending, empty ones too: all of them. */
  drafts(account: string, after: number): Promise<readonly Draft[]>;

  /** Everybody who shares or shared a conversation with an account, and the account itself. */
  acquaintances(account: string): Promise<readonly Profile[]>;
  profiles(accounts: readonly string[]): Promise<readonly Profile[]>;
  findPeople(prefix: string, limit: number): Promise<readonly Profile[]>;
  /** When accounts were there last, and what they keep to themselves. */
  lastSeen(accounts: readonly string[]): Promise<readonly LastSeen[]>;
  /** The open devices of an account. */
  devices(account: string): Promise<readonly Omit<Device, "current">[]>;
  /** Who a device belongs to, and since when it was seen; undefined if it was never registered. */
  device(id: string): Promise<DeviceRecord | undefined>;
  /** The open device of a session. */
  deviceOf(session: string): Promise<string | undefined>;

  /** The first reports that no admin is done with, for admins. */
  openReports(limit: number): Promise<OpenReports>;

  close(): Promise<void>;
}

export interface OpenReports {
  readonly reports: readonly Report[];
  /** Whom they name. */
  readonly people: readonly Profile[];
}

/** Which conversation a device lacks something of, and what it holds: undefined for nothing. */
export interface CatchUpRequest {
  readonly conversation: string;
  readonly since: Pick<Head, "seq" | "tag"> | undefined;
}

/** A run of seqs, and that of the ordinals in it, both ends included; `to` and `toOrdinal` are 0 while it is open. */
export interface OrdinalSpan {
  readonly from: number;
  readonly to: number;
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}

/** When an account was there last, by the server's clock; 0 if it never was. */
export interface LastSeen {
  readonly account: string;
  readonly at: number;
  readonly privacy: Privacy;
  /** Whom it blocks. */
  readonly blocked: readonly string[];
}

export interface Preferred {
  readonly accountHead: number;
  readonly conversations: readonly ConversationPreferences[];
  readonly saved: readonly SavedMessage[];
  readonly hidden: readonly HiddenMessages[];
  readonly scheduled: readonly ScheduledMessage[];
  readonly blocked: readonly BlockedPerson[];
  readonly reminders: readonly Reminder[];
}

/** An account as the hub knows it, as of its account head and the heads of its conversations. */
export interface Attendance {
  readonly accountHead: number;
  /** Whether it keeps anything that a device must be told which holds nothing. */
  readonly prefers: boolean;
  /** The messages that it has hidden from itself. */
  readonly hidden: readonly HiddenMessages[];
  /** Whom it blocks. */
  readonly blocked: readonly string[];
  /** The greatest version of its drafts; 0 if it had none. */
  readonly draftHead: number;
  readonly privacy: Privacy;
  /** Conversations that it is a member of. */
  readonly present: readonly string[];
  /** Whether it was a member of others. */
  readonly former: boolean;
}

/** A conversation as the hub knows it, as of its head. */
export interface RoomRecord {
  readonly conversation: string;
  readonly head: number;
  readonly tag: number;
  readonly entryHead: number;
  readonly activeAt: number;
  /** Members past and present. */
  readonly members: readonly RoomMember[];
  /** Of a message request: who has not accepted it. */
  readonly waitsFor?: string | undefined;
}

export interface RoomMember extends AccountMarks {
  readonly present: boolean;
  /** The ordinals that it may see. */
  readonly spans: readonly OrdinalSpan[];
}

/** A run of ordinals of a conversation, both ends included. */
export interface Run {
  readonly conversation: string;
  readonly from: number;
  readonly to: number;
}

/** Who wrote a message. */
export interface Authorship {
  readonly ordinal: number;
  readonly author: string;
  readonly deleted: boolean;
  /** Seq of the last event that changed what it says. */
  readonly contentRev: number;
  /** Whom it mentions besides its author: accounts, or an empty id for everyone. */
  readonly mentions: readonly string[];
}
