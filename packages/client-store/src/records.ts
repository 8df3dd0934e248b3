import { fromBinary, toBinary } from "@bufbuild/protobuf";
import type { StoredConversation } from "@parley/client";
import { disappearsAt } from "@parley/log";
import {
  ConversationSchema,
  type Entry,
  EntrySchema,
  HeadSchema,
  type Profile,
  ProfileSchema,
  ReadStateSchema,
} from "@parley/protocol";

/**
 * What lies in the database. Rows of the protocol are kept in its binary encoding: smaller and faster to read than cloned objects, and
 * a row written by another version of the app keeps the fields that this one does not know and gets defaults for those it lacks.
 */
export interface EntryRecord {
  readonly conversation: string;
  readonly ordinal: number;
  readonly id: string;
  /** Absent for what stays, or is gone. */
  readonly disappearsAt?: number;
  readonly row: Uint8Array;
}

export interface ProfileRecord {
  readonly account: string;
  readonly row: Uint8Array;
}

export type ConversationRecord = Omit<StoredConversation, "head" | "state" | "read" | "newest" | "openedAt"> & {
  /** Earlier versions of the app did not note it. */
  readonly openedAt?: number;
  readonly head: Uint8Array;
  readonly state: Uint8Array | undefined;
  readonly read: Uint8Array;
  readonly newest: Uint8Array | undefined;
};

export function recordOfEntry(entry: Entry): EntryRecord {
  const at = disappearsAt(entry);
  return {
    conversation: entry.conversation,
    ordinal: entry.ordinal,
    id: entry.id,
    ...(at !== undefined && { disappearsAt: at }),
    row: toBinary(EntrySchema, entry),
  };
}

export function entryOfRecord(record: EntryRecord): Entry {
  return fromBinary(EntrySchema, record.row);
}

export function recordOfProfile(profile: Profile): ProfileRecord {
  return { account: profile.account, row: toBinary(ProfileSchema, profile) };
}

export function profileOfRecord(record: ProfileRecord): Profile {
  return fromBinary(ProfileSchema, record.row);
}

export function recordOfConversation(conversation: StoredConversation): ConversationRecord {
  const { head, state, read, newest } = conversation;
  return {
    ...conversation,
    head: toBinary(HeadSchema, head),
    state: state === undefined ? undefined : toBinary(ConversationSchema, state),
    read: toBinary(ReadStateSchema, read),
    newest: newest === undefined ? undefined : toBinary(EntrySchema, newest),
  };
}

export function conversationOfRecord(record: ConversationRecord): StoredConversation {
  const { head, state, read, newest } = record;
  return {
    ...record,
    head: fromBinary(HeadSchema, head),
    state: state === undefined ? undefined : fromBinary(ConversationSchema, state),
    read: fromBinary(ReadStateSchema, read),
    newest: newest === undefined ? undefined : fromBinary(EntrySchema, newest),
    openedAt: record.openedAt ?? 0,
  };
}
