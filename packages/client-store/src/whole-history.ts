import type { StoredConversation } from "@parley/client";
import { committed } from "./committed.ts";
import { type Database, type StoreName, wholeKey } from "./database-schema.ts";
import type { ConversationRecord } from "./records.ts";
import type { Writing } from "./write-changes.ts";

type Ranges = StoredConversation["ranges"];

/** Whether every entry that a record names is there. */
export async function isWhole(database: Database): Promise<boolean> {
  return (await database.get("owner", wholeKey)) !== undefined;
}

/**
 * Looks which entries there are, and makes the records name these alone.
 *
 * @throws DOMException also where there is no room for it
 */
export async function makeWhole(database: Database): Promise<void> {
  const stores: StoreName[] = ["owner", "conversations", "entries"];
  const transaction: Writing = database.transaction(stores, "readwrite", { durability: "relaxed" });
  await committed(transaction, async () => {
    const conversations = transaction.objectStore("conversations");
    const entries = transaction.objectStore("entries");
    const [records, keys] = await Promise.all([conversations.getAll(), entries.getAllKeys()]);
    const whole = withHeldOnly(records, keys).map((record) => conversations.put(record));
    await Promise.all([...whole, transaction.objectStore("owner").put(1, wholeKey)]);
  });
}

type Holding = Pick<ConversationRecord, "id" | "ranges" | "staleRanges" | "skips">;

/** Of these records, those that name other entries than there are, without them. @param keys of all entries */
export function withHeldOnly<Of extends Holding>(
  records: readonly Of[],
  keys: readonly [string, number][],
): readonly Of[] {
  const held = Map.groupBy(keys, ([conversation]) => conversation);
  return records.flatMap((record) => {
    const ordinals = new Set(held.get(record.id)?.map(([, ordinal]) => ordinal));
    const isThere = (ordinal: number): boolean =>
      ordinals.has(ordinal) ||
      record.skips.some(({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && ordinal <= toOrdinal);
    const ranges = runsOf(record.ranges, isThere);
    const staleRanges = runsOf(record.staleRanges, isThere);
    const same = sizeOf(ranges) === sizeOf(record.ranges) && sizeOf(staleRanges) === sizeOf(record.staleRanges);
    return same ? [] : [{ ...record, ranges, staleRanges }];
  });
}

function runsOf(ranges: Ranges, isThere: (ordinal: number) => boolean): Ranges {
  const runs: { from: number; to: number }[] = [];
  for (const { from, to } of ranges) {
    for (let ordinal = from, open = false; ordinal <= to; ordinal++) {
      const last = runs.at(-1);
      if (!isThere(ordinal)) open = false;
      else if (open && last !== undefined) last.to = ordinal;
      else {
        runs.push({ from: ordinal, to: ordinal });
        open = true;
      }
    }
  }
  return runs;
}

function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}
