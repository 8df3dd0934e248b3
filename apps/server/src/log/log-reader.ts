import type {
  AccountEvent,
  Answer,
  Changes,
  ChangesRequest,
  Conversation,
  ConversationStatus,
  Device,
  EntriesResponse,
  Hello,
  ListConversationsResponse,
  MemberMark,
  Page,
  PageRequest,
  Profile,
  Reset,
} from "@parley/protocol";

/**
 * Every read of logs, as one port, always for one viewer and from one snapshot. Undefined means: no such conversation, or none that the viewer was
 * ever a member of (the two are not told apart).
 */
export interface LogReader {
  incarnation(): Promise<string>;

  /** What Hello's heads lack: the statuses of all conversations, and Changes or Reset for those that differ. */
  resume(account: string, hello: Hello): Promise<Resumption>;

  page(viewer: string, request: PageRequest): Promise<Page | undefined>;
  changes(viewer: string, request: ChangesRequest): Promise<Changes | Reset | undefined>;
  /** A fresh start on one conversation, as for a device that holds nothing of it. */
  reset(viewer: string, conversation: string): Promise<Reset | undefined>;
  entries(viewer: string, conversation: string, ids: readonly string[]): Promise<EntriesResponse | undefined>;
  verdicts(account: string, log: string, ids: readonly string[]): Promise<readonly Answer[]>;
  conversation(viewer: string, conversation: string): Promise<Conversation | undefined>;
  conversations(viewer: string, limit: number, cursor: string): Promise<ListConversationsResponse>;

  /** Head and present members of a conversation, for the hub; undefined if there is none. */
  audience(conversation: string): Promise<Audience | undefined>;
  /** Conversations that an account is a present member of. */
  memberships(account: string): Promise<readonly string[]>;
  /** The ordinals that each present member may see. */
  spans(conversation: string): Promise<ReadonlyMap<string, readonly OrdinalSpan[]>>;
  /** Marks of the present members of a conversation; members who have none may be left out. */
  marks(conversation: string): Promise<readonly MemberMark[]>;
  /** Ordinal of the newest message that an account posted; 0 if none. */
  newestMessageOf(conversation: string, author: string): Promise<number>;

  profiles(accounts: readonly string[]): Promise<readonly Profile[]>;
  findPeople(prefix: string, limit: number): Promise<readonly Profile[]>;
  /** The open devices of an account. */
  devices(account: string): Promise<readonly Omit<Device, "current">[]>;
  /** The open device of a session. */
  deviceOf(session: string): Promise<string | undefined>;

  close(): Promise<void>;
}

/** A run of ordinals, both ends included; `toOrdinal` is 0 while it is open. */
export interface OrdinalSpan {
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}

export interface Resumption {
  readonly accountHead: number;
  /** Events of the account log after Hello's account head; none for a device that held nothing. */
  readonly accountEvents: readonly AccountEvent[];
  readonly conversations: readonly ConversationStatus[];
  readonly profiles: readonly Profile[];
  /** One for each conversation where the device is behind, in order of recency. */
  readonly catchUps: readonly (Changes | Reset)[];
}

export interface Audience {
  readonly head: number;
  readonly members: readonly string[];
}
