/**
 * The SQL schema as Kysely sees it. Every primary key of a table that grows with use contains a conversation, log or account id to distribute by, and begins with it unless
 * said otherwise. Numbers that are uint32 in
 * the schema of the wire are `bigint` columns, times are `double precision`. 0 stands for "none" where a seq or a time is missing.
 */
export interface Tables {
  meta: MetaTable;
  conversations: ConversationsTable;
  pictures: PicturesTable;
  members: MembersTable;
  entries: EntriesTable;
  reactions: ReactionsTable;
  versions: VersionsTable;
  mentions: MentionsTable;
  events: EventsTable;
  verdicts: VerdictsTable;
  device_orders: DeviceOrdersTable;
  devices: DevicesTable;
  accounts: AccountsTable;
  account_events: AccountEventsTable;
  preferences: PreferencesTable;
  saved_messages: SavedMessagesTable;
  hidden_messages: HiddenMessagesTable;
  scheduled_messages: ScheduledMessagesTable;
  reports: ReportsTable;
  reminders: RemindersTable;
  due: DueTable;
  blocked_people: BlockedPeopleTable;
  unread_expiries: UnreadExpiriesTable;
  marks: MarksTable;
  mark_moves: MarkMovesTable;
  drafts: DraftsTable;
  privacy: PrivacyTable;
  profiles: ProfilesTable;
  dirty: DirtyTable;
  cursors: CursorsTable;
}

interface MetaTable {
  key: string;
  value: string;
}

export interface ConversationsTable {
  id: string;
  kind: number;
  encryption: number;
  history: number;
  title: string;
  description: string;
  rev: number;
  created_by: string;
  created_at: number;
  head: number;
  entry_head: number;
  tag: number;
  active_at: number;
  /** Of a thread, else empty. */
  parent: string;
  root: string;
  /** See packed-ids.ts. */
  pinned_messages: Uint8Array | null;
  /** See packed-entrances.ts. */
  entrances: Uint8Array | null;
  /** After how long messages disappear that are posted now; 0: they stay. */
  timer_seconds: number;
  /** Ordinal of the last message that disappears; 0 if there was none. */
  timed_up_to: number;
  /** 1: a message request that was not answered by a message. */
  request: number;
  /** The id of the bytes in `pictures`; empty where there are none. */
  picture: string;
}

/** Key (conversation). None where it has no picture. */
export interface PicturesTable {
  conversation: string;
  /** A JPEG. */
  bytes: Uint8Array;
}

/** Key (conversation, account); also found by account. */
export interface MembersTable {
  conversation: string;
  account: string;
  role: number;
  present: number;
  rev: number;
  /** JSON: a list of [from, to, fromOrdinal, toOrdinal]. */
  intervals: string;
  parted_tag: number;
  parted_at: number;
  /** An encoded Conversation; null while present. */
  parted_state: Uint8Array | null;
  /** In a direct conversation whose other member is blocked: the last entry before that. Null where nobody is. */
  blocked_after: number | null;
}

/** Key (conversation, ordinal). An id leads here through the verdict and the event that made the entry. */
export interface EntriesTable {
  conversation: string;
  ordinal: number;
  id: string;
  seq: number;
  rev: number;
  content_rev: number;
  author: string;
  sent_at: number;
  received_at: number;
  /** See entry-row.ts. */
  kind: number;
  /** An encoded Message without reactions, or an encoded SystemEntry. */
  body: Uint8Array;
}

/** Key (conversation, ordinal, emoji). */
export interface ReactionsTable {
  conversation: string;
  ordinal: number;
  emoji: string;
  /** The seq that began this row: reactions are shown in this order. */
  since: number;
  /** JSON: account ids in the order in which they reacted. */
  accounts: string;
}

/** Key (conversation, ordinal, seq): what messages said before they were edited. */
export interface VersionsTable {
  conversation: string;
  ordinal: number;
  /** The event that wrote it. */
  seq: number;
  at: number;
  /** An encoded Content. */
  content: Uint8Array;
}

/** Key (conversation, account, ordinal), also found by (conversation, ordinal): whom messages mention now, but for their authors. */
export interface MentionsTable {
  conversation: string;
  /** Empty: everyone; then nobody else is named. */
  account: string;
  ordinal: number;
  author: string;
  content_rev: number;
  /** When the message was received. */
  received_at: number;
}

/** Key (log, seq). */
export interface EventsTable {
  log: string;
  seq: number;
  id: string;
  author: string;
  sent_at: number;
  received_at: number;
  tag: number;
  /** Of a thread, else 0: see Event. */
  parent_seq: number;
  /** The entry made or changed; 0 if none. */
  touched: number;
  /** See event-row.ts. */
  kind: number;
  /** An encoded Event that holds the body only, without content. */
  facts: Uint8Array;
}

/** Key (id, log): ids begin with their time, so new rows are neighbours, whatever their logs. An accepted command is described by its event; a rejected one has seq 0 and the columns that follow. */
export interface VerdictsTable {
  log: string;
  id: string;
  seq: number;
  account: string | null;
  code: number | null;
  reason: string | null;
  received_at: number | null;
}

/** Key (log, device). */
interface DeviceOrdersTable {
  log: string;
  device: string;
  last: string;
}

/** Key (account, id); ids are unique. */
export interface DevicesTable {
  account: string;
  id: string;
  session: string;
  name: string;
  created_at: number;
  last_seen_at: number;
  /** 0 while open. */
  closed_at: number;
}

interface AccountsTable {
  account: string;
  rejections: number;
  rejections_since: number;
}

/** Key (account, seq): an account's log. */
export interface AccountEventsTable {
  account: string;
  seq: number;
  id: string;
  received_at: number;
  /** An encoded AccountEvent that holds the body only. */
  body: Uint8Array;
}

/** Key (account, conversation): the account's log, folded. */
export interface PreferencesTable {
  account: string;
  conversation: string;
  pinned: number;
  muted_until: number;
  archived_up_to: number;
  /** 1 or 0. */
  marked_unread: number;
  /** A RequestAnswer. */
  request_answer: number;
}

/** Key (account, conversation, message): the account's log, folded. */
export interface SavedMessagesTable {
  account: string;
  conversation: string;
  message: string;
  ordinal: number;
  /** Of the event that saved it. */
  seq: number;
  saved_at: number;
}

/** Key (account, conversation): the account's log, folded. */
export interface HiddenMessagesTable {
  account: string;
  conversation: string;
  /** How many runs there are that count against the limit. */
  count: number;
  /** JSON: a list of [from, to]. */
  runs: string;
  /** 0 while the conversation is in the list. */
  unlisted_up_to: number;
}

/** Key (account, id): messages that wait for their time. */
export interface ScheduledMessagesTable {
  account: string;
  id: string;
  /** Of the event that said last what it says. */
  seq: number;
  at: number;
  /** Of the message as it is stored. */
  bytes: number;
  /** An encoded ScheduledMessage. */
  message: Uint8Array;
}

/** Key (account, id); also found by (closed_at, received_at). What accounts reported, for the admins of the server. */
export interface ReportsTable {
  /** Whose report it is. */
  account: string;
  id: string;
  received_at: number;
  /** 0 while open. */
  closed_at: number;
  /** Of the report as it is stored. */
  bytes: number;
  /** An encoded Report, but for when it was closed. */
  report: Uint8Array;
}

/** Key (account, conversation, message); also found by (conversation, message): the account's log, folded. */
export interface RemindersTable {
  account: string;
  conversation: string;
  message: string;
  ordinal: number;
  /** Of the event that set it last. */
  seq: number;
  at: number;
  /** 1 once its time has come. */
  due: number;
  /** Of a message in a thread, else empty. */
  parent: string;
  root: string;
}

/** Key (account, conversation, subject, kind); also found by its time. What the server has to do then. */
export interface DueTable {
  /** See rows/due-row.ts. */
  kind: number;
  /** Empty where it is the conversation's. */
  account: string;
  conversation: string;
  subject: string;
  at: number;
}

/** Key (account, blocked): the account's log, folded. */
export interface BlockedPeopleTable {
  account: string;
  blocked: string;
  /** The direct conversation, which may not exist, and where it was. */
  conversation: string;
  ordinal: number;
  seq: number;
  blocked_at: number;
  /** Of the event that blocked them. */
  since: number;
}

/** Key (conversation, ordinal): messages that disappear, and that nobody but their authors is known to have read. */
export interface UnreadExpiriesTable {
  conversation: string;
  ordinal: number;
  message: string;
  author: string;
}

/** Key (conversation, account). */
interface MarksTable {
  conversation: string;
  account: string;
  delivered: number;
  read: number;
  /** How far others are told that it has read. */
  shown: number;
}

/** Key (account). None where nothing was changed. */
interface PrivacyTable {
  account: string;
  rev: number;
  hides_reads: number;
  hides_presence: number;
}

/** Key (conversation, account). */
interface MarkMovesTable {
  conversation: string;
  account: string;
  /** See rows/mark-moves-row.ts. */
  moves: string;
}

/** Key (account, conversation); also found by (account, version). Where the text is empty only the version says something. */
export interface DraftsTable {
  account: string;
  conversation: string;
  /** Of the account: unique, and greater than those before. */
  version: number;
  text: string;
  changed_at: number;
  device: string;
  /** JSON: a list of [device, base]. */
  writers: string;
}

/** The keys are the names folded for searching. */
export interface ProfilesTable {
  account: string;
  user_name: string;
  display_name: string;
  rev: number;
  user_key: string;
  display_key: string;
}

/** Key (conversation): followers have work from `since` to `head`. */
interface DirtyTable {
  conversation: string;
  /** Spreads conversations over workers; a hash of the id. */
  shard: number;
  since: number;
  head: number;
}

/** Key (conversation, follower). */
interface CursorsTable {
  conversation: string;
  follower: string;
  done: number;
}
