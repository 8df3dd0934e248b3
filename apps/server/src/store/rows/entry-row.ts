import { create, toBinary } from "@bufbuild/protobuf";
import {
  binaryDecoder,
  binaryEncoder,
  type Entry,
  EntrySchema,
  MessageSchema,
  type Reaction,
  SystemEntrySchema,
} from "@parley/protocol";
import type { SizedEntry } from "../../log/records.ts";
import type { EntriesTable } from "../tables.ts";
import { mentionsOf } from "./mention-row.ts";

const messageBytes = binaryEncoder(MessageSchema);
const messageOf = binaryDecoder(MessageSchema);
const systemEntryOf = binaryDecoder(SystemEntrySchema);

/** Kinds of rows. Only `message` and `mention`, a message that mentions somebody, can be unread. */
export const entryKind = { message: 1, deleted: 2, system: 3, mention: 4 } as const;
export const countableKinds: readonly number[] = [entryKind.message, entryKind.mention];

/** About what an entry takes in a frame beyond its body. */
const FRAME_OVERHEAD_BYTES = 160;

type State = Pick<EntriesTable, "rev" | "content_rev" | "kind" | "body">;

/** The columns that later events change. */
export function stateOf(entry: Entry): State {
  return { rev: entry.rev, content_rev: entry.contentRev, ...bodyOf(entry) };
}

export function entryRow(entry: Entry): EntriesTable {
  return {
    conversation: entry.conversation,
    ordinal: entry.ordinal,
    id: entry.id,
    seq: entry.seq,
    author: entry.author,
    sent_at: entry.sentAt,
    received_at: entry.receivedAt,
    ...stateOf(entry),
  };
}

export function sizedEntry(row: EntriesTable, reactions: readonly Reaction[]): SizedEntry {
  const entry = create(EntrySchema, {
    id: row.id,
    conversation: row.conversation,
    ordinal: row.ordinal,
    seq: row.seq,
    rev: row.rev,
    contentRev: row.content_rev,
    author: row.author,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    body: entryBody(row, reactions),
  });
  let bytes = FRAME_OVERHEAD_BYTES + row.body.byteLength;
  for (const reaction of reactions) bytes += 16 + reaction.accounts.length * 40;
  return { entry, bytes };
}

function bodyOf(entry: Entry): Pick<EntriesTable, "kind" | "body"> {
  if (entry.body.case === "system") {
    return { kind: entryKind.system, body: toBinary(SystemEntrySchema, entry.body.value) };
  }
  if (entry.body.case === undefined) throw new Error(`Entry ${entry.id} has no body.`);
  const message = entry.body.value;
  const kind = message.state.case === "deleted" ? entryKind.deleted : kindOf(entry);
  // Reactions have rows of their own.
  const kept = message.reactions.length === 0 ? message : { ...message, reactions: [] };
  return { kind, body: messageBytes(kept) };
}

function kindOf(entry: Entry): number {
  return mentionsOf(entry).length === 0 ? entryKind.message : entryKind.mention;
}

function entryBody(row: EntriesTable, reactions: readonly Reaction[]): Entry["body"] {
  if (row.kind === entryKind.system) return { case: "system", value: systemEntryOf(row.body) };
  const message = messageOf(row.body);
  message.reactions = [...reactions];
  return { case: "message", value: message };
}
