import type { DescMessage } from "@bufbuild/protobuf";
import type { StoredConversation } from "@parley/client";
import { disappearsAt } from "@parley/log";
import {
  binaryDecoder,
  binaryEncoder,
  ConversationSchema,
  type Entry,
  EntrySchema,
  HeadSchema,
  type Profile,
  ProfileSchema,
  ReadStateSchema,
} from "@parley/protocol";

const [entryOf, entryRow] = codecOf(EntrySchema);
const [profileOf, profileRow] = codecOf(ProfileSchema);
const [headOf, headRow] = codecOf(HeadSchema);
const [stateOf, stateRow] = codecOf(ConversationSchema);
const [readStateOf, readStateRow] = codecOf(ReadStateSchema);

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
    row: entryRow(entry),
  };
}

export function entryOfRecord(record: EntryRecord): Entry {
  return entryOf(record.row);
}

export function recordOfProfile(profile: Profile): ProfileRecord {
  return { account: profile.account, row: profileRow(profile) };
}

export function profileOfRecord(record: ProfileRecord): Profile {
  return profileOf(record.row);
}

export function recordOfConversation(conversation: StoredConversation): ConversationRecord {
  const { head, state, read, newest } = conversation;
  return {
    ...conversation,
    head: headRow(head),
    state: state === undefined ? undefined : stateRow(state),
    read: readStateRow(read),
    newest: newest === undefined ? undefined : entryRow(newest),
  };
}

export function conversationOfRecord(record: ConversationRecord): StoredConversation {
  const { head, state, read, newest } = record;
  return {
    ...record,
    head: headOf(head),
    state: state === undefined ? undefined : stateOf(state),
    read: readStateOf(read),
    newest: newest === undefined ? undefined : entryOf(newest),
    openedAt: record.openedAt ?? 0,
  };
}

function codecOf<Desc extends DescMessage>(schema: Desc) {
  return [binaryDecoder(schema), binaryEncoder(schema)] as const;
}
