import type { Generation } from "@parley/client";
import { committed } from "./committed.ts";
import { type Database, type StoreName, wholeKey } from "./database-schema.ts";
import type { GivenUp } from "./given-up.ts";
import { checkOwner, deleteEntries, type Writing, writeChanges } from "./write-changes.ts";

/**
 * Gives up entries and pictures where there is no room for anything, not even for the records that name them no more. Browsers take a transaction that only
 * removes. So the mark that says that the records are right goes with the entries; if the records do not fit then either, whoever reads them next
 * looks which entries are left.
 */
export async function giveUpHistory(
  database: Database,
  generation: Generation,
  changes: readonly GivenUp[],
): Promise<void> {
  const stores: StoreName[] = ["owner", "entries", "pictures"];
  const transaction: Writing = database.transaction(stores, "readwrite", { durability: "relaxed" });
  await committed(transaction, async () => {
    await checkOwner(transaction, generation);
    const removed = changes.map((change) => {
      if (change.kind === "forget-picture") return transaction.objectStore("pictures").delete(change.conversation);
      return change.kind === "forget-entries" ? deleteEntries(transaction, change) : undefined;
    });
    await Promise.all([...removed, transaction.objectStore("owner").delete(wholeKey)]);
  });
  const records = changes.filter(({ kind }) => kind === "conversation");
  await writeChanges(database, generation, records, "relaxed").catch(() => undefined);
}
