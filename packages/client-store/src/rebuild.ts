import { deleteLocalData, openDatabase } from "./open-database.ts";
import { readSalvage } from "./salvage.ts";

export interface Rebuilt {
  /** How many commands were kept. */
  readonly kept: number;
  /** How many commands could not be read any more; undefined if nothing could be read, so that nobody knows. */
  readonly lost: number | undefined;
}

/**
 * Makes a new, empty local store in place of one that cannot be used, with what could still be read of the outbox and the drafts. It is a new
 * device: the rest comes from the server again.
 *
 * @throws StoreError
 */
export async function rebuildLocalData(account: string): Promise<Rebuilt> {
  const { outbox, drafts, unreadable } = await readSalvage(account);
  await deleteLocalData(account);
  const database = await openDatabase(account, {});
  try {
    const transaction = database.transaction(["outbox", "drafts"], "readwrite", { durability: "strict" });
    const commands = transaction.objectStore("outbox");
    const texts = transaction.objectStore("drafts");
    await Promise.all([
      ...outbox.map((entry) => commands.put(entry)),
      ...drafts.map(({ key, value }) =>
        typeof key === "string" && typeof value === "string" ? texts.put(value, key) : undefined,
      ),
      transaction.done,
    ]);
  } finally {
    database.close();
  }
  return { kept: outbox.length, lost: unreadable };
}
