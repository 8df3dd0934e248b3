import { create } from "@bufbuild/protobuf";
import { addRange, noMarks, type Range, type Ranges, rangeAt } from "@parley/log";
import { type Entry, HeadSchema, ReadStateSchema, type Skip } from "@parley/protocol";
import type { StoredConversation, StoredSkip } from "../ports/client-store.ts";

/** A conversation of which the device holds nothing yet. */
export function nothingHeld(id: string): StoredConversation {
  return {
    id,
    head: create(HeadSchema, { conversation: id }),
    entryHead: 0,
    state: undefined,
    ranges: [],
    staleRanges: [],
    read: create(ReadStateSchema, { conversation: id }),
    wanted: noMarks,
    others: [],
    byAll: noMarks,
    skips: [],
    newest: undefined,
    openedAt: 0,
  };
}

/** What an input makes of a conversation: its new record, and the rows to be stored with it. */
export interface Applied {
  readonly conversation: StoredConversation;
  readonly entries: readonly Entry[];
  /** Rows whose content did not travel with the frame and has to be fetched. */
  readonly fetch: readonly string[];
  /** The unread count cannot be continued from what is held; the server must count. */
  readonly recount: boolean;
}

/** The complete run up to the newest entry; empty (`to` < `from`) if the newest entry is not held. */
export function newestRun(conversation: StoredConversation): Range {
  return rangeAt(conversation.ranges, conversation.entryHead) ?? { from: 1, to: 0 };
}

/** Whether a row is held as of the head, and not merely left from before a Reset. */
export function isFresh(conversation: StoredConversation, entry: Entry): boolean {
  return rangeAt(conversation.ranges, entry.ordinal) !== undefined;
}

/** The newest entry after these rows changed. */
export function newestAfter(newest: Entry | undefined, changed: readonly Entry[]): Entry | undefined {
  let result = newest;
  for (const entry of changed) {
    if (result === undefined || entry.ordinal >= result.ordinal) result = entry;
  }
  return result;
}

export function withSkips(known: readonly StoredSkip[], skips: readonly Skip[]): readonly StoredSkip[] {
  let runs: Ranges = [];
  for (const { fromOrdinal, toOrdinal } of [...known, ...skips]) {
    if (fromOrdinal > 0) runs = addRange(runs, { from: fromOrdinal, to: toOrdinal });
  }
  return runs.map(({ from, to }) => ({ fromOrdinal: from, toOrdinal: to }));
}
