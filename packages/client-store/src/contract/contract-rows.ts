import { create } from "@bufbuild/protobuf";
import type {
  OutboxEntry,
  StoreChange,
  StoredConversation,
  StoredLink,
  StoredMeta,
  StoredPicture,
  StoredState,
} from "@parley/client";
import {
  ContentSchema,
  ConversationKind,
  ConversationSchema,
  Encryption,
  type Entry,
  EntrySchema,
  ExpirySchema,
  HeadSchema,
  HistoryPolicy,
  IntervalSchema,
  MemberSchema,
  MessageSchema,
  PlainSchema,
  type Profile,
  ProfileSchema,
  ReactionSchema,
  ReadStateSchema,
  Role,
} from "@parley/protocol";

/** Rows for the contract suite, with every optional part filled in. */

/** What a new store holds. */
export const nothing: StoredState = {
  meta: undefined,
  conversations: [],
  profiles: [],
  outbox: [],
  links: [],
  drafts: [],
  confirmedDrafts: [],
};

export const someMeta: StoredMeta = {
  account: "ana",
  device: "device-1",
  incarnation: "one",
  accountHead: 7,
  doubted: ["log-1"],
};

export function someEntry(conversation: string, ordinal: number, id = `${conversation}/${ordinal}`): Entry {
  return create(EntrySchema, {
    id,
    conversation,
    ordinal,
    seq: ordinal + 1,
    rev: ordinal + 2,
    contentRev: ordinal + 1,
    author: "ana",
    sentAt: 1_700_000_000_000.5,
    receivedAt: 1_700_000_000_001,
    body: {
      case: "message",
      value: create(MessageSchema, {
        state: {
          case: "content",
          value: create(ContentSchema, {
            form: { case: "plain", value: create(PlainSchema, { text: `Line ${ordinal} – ünïcode 🦜` }) },
          }),
        },
        reactions: [create(ReactionSchema, { emoji: "👍", accounts: ["ben", "cleo"] })],
      }),
    },
  });
}

/** The same message as one that disappears at this time. */
export function timed(entry: Entry, at: number): Entry {
  if (entry.body.case !== "message") return entry;
  const expiry = create(ExpirySchema, { seconds: 60, at, running: true });
  return { ...entry, body: { case: "message", value: { ...entry.body.value, expiry } } };
}

export function someEntries(conversation: string, from: number, to: number): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => someEntry(conversation, from + index));
}

export function someConversation(id: string): StoredConversation {
  return {
    id,
    head: create(HeadSchema, { conversation: id, seq: 41, tag: 0xfedcba98 }),
    entryHead: 40,
    state: create(ConversationSchema, {
      id,
      kind: ConversationKind.GROUP,
      encryption: Encryption.NONE,
      history: HistoryPolicy.ALL,
      title: "Allotment",
      rev: 3,
      createdBy: "ana",
      createdAt: 1_700_000_000_000,
      members: [
        create(MemberSchema, {
          account: "ana",
          role: Role.OWNER,
          present: true,
          rev: 1,
          intervals: [create(IntervalSchema, { from: 1, to: 0 })],
        }),
      ],
    }),
    ranges: [{ from: 10, to: 40 }],
    staleRanges: [{ from: 1, to: 5 }],
    read: create(ReadStateSchema, { conversation: id, delivered: 40, read: 30, unread: 4, asOf: 41, accountAsOf: 7 }),
    wanted: { delivered: 40, read: 35 },
    others: [{ account: "ben", marks: { delivered: 20, read: 12 } }],
    byAll: { delivered: 18, read: 11 },
    skips: [{ fromOrdinal: 6, toOrdinal: 9 }],
    newest: someEntry(id, 40),
    openedAt: 1_700_000_000_000,
  };
}

export function someProfile(account: string, rev = 1): Profile {
  return create(ProfileSchema, { account, userName: account, displayName: `${account}, the ${rev}th`, rev });
}

export function someCommand(log: string, position: number, id = `${log}#${position}`): OutboxEntry {
  return {
    id,
    log,
    position,
    command: Uint8Array.of(1, 2, 250, position),
    possiblySent: false,
    state: { kind: "queued" },
  };
}

export function someLink(log: string, position: number): StoredLink {
  return { log, last: `${log}#${position}`, position };
}

export function somePicture(conversation: string, id = "one"): StoredPicture {
  return { conversation, id, bytes: Uint8Array.of(0xff, 0xd8, 250, id.length) };
}

/** One row of each kind that belongs to a conversation. */
export function oneOfEach(id: string): StoreChange[] {
  return [
    { kind: "conversation", conversation: someConversation(id) },
    { kind: "entries", entries: someEntries(id, 1, 3) },
    { kind: "picture", picture: somePicture(id) },
    { kind: "profiles", profiles: [someProfile("ana")] },
    { kind: "outbox", entry: someCommand(id, 1) },
    { kind: "link", link: someLink(id, 1) },
    { kind: "draft", conversation: id, text: "hm" },
    { kind: "confirmed-draft", draft: { conversation: id, version: 1, text: "h", sent: ["hm"] } },
  ];
}
