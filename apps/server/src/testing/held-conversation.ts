import { create } from "@bufbuild/protobuf";
import {
  type Changes,
  ChangesRequestSchema,
  type Conversation,
  type Entry,
  type Head,
  PageRequestSchema,
} from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";

/** All that one viewer can read of a conversation, kept as a device would keep it. */
export interface HeldConversation {
  readonly head: Head;
  readonly entryHead: number;
  /** By ordinal. */
  readonly rows: ReadonlyMap<number, Entry>;
  /** Ordinals told to be out of sight. */
  readonly skipped: ReadonlySet<number>;
  readonly state: Conversation;
}

/** Reads a conversation from its first entry to its last, some entries at a time. Undefined if the viewer was never a member. */
export async function holdAll(
  reader: LogReader,
  viewer: string,
  conversation: string,
  limit: number,
): Promise<HeldConversation | undefined> {
  const reset = await reader.reset(viewer, conversation);
  const { status, state } = reset ?? {};
  if (status?.head === undefined || state === undefined) return undefined;
  const rows = new Map<number, Entry>();
  const skipped = new Set<number>();
  for (let after = 0; after < status.entryHead; ) {
    const request = create(PageRequestSchema, { conversation, cursor: { case: "after", value: after }, limit });
    const page = await reader.page(viewer, request);
    if (page === undefined || page.fromOrdinal !== after + 1) throw new Error(`There is a hole after ${after}.`);
    if (page.entries.length > limit) throw new Error("The page is too long.");
    for (const entry of page.entries) rows.set(entry.ordinal, entry);
    for (const skip of page.skips) addRun(skipped, skip.fromOrdinal, skip.toOrdinal);
    after = page.toOrdinal;
  }
  return { head: status.head, entryHead: status.entryHead, rows, skipped, state };
}

export async function changesSince(reader: LogReader, viewer: string, held: HeldConversation): Promise<Changes> {
  const { conversation } = held.head;
  const request = create(ChangesRequestSchema, { conversation, since: held.head });
  const changes = await reader.changes(viewer, request);
  if (changes?.$typeName !== "parley.v1.Changes") throw new Error("The changes were refused.");
  return changes;
}

export function withChanges(held: HeldConversation, changes: Changes): HeldConversation {
  const rows = new Map(held.rows);
  const skipped = new Set(held.skipped);
  for (const entry of changes.entries) rows.set(entry.ordinal, entry);
  for (const skip of changes.skips) addRun(skipped, skip.fromOrdinal, skip.toOrdinal);
  const { entryHead, state = held.state, to = held.head } = changes;
  return { head: to, entryHead, rows, skipped, state };
}

function addRun(set: Set<number>, from: number, to: number): void {
  for (let ordinal = Math.max(from, 1); ordinal <= to; ordinal++) set.add(ordinal);
}
