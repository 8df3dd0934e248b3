import { committed } from "./committed.ts";
import { type Database, generationKey, type StoreName } from "./database-schema.ts";
import { deleteLocalData, openDatabase } from "./open-database.ts";
import { readSalvage, type Salvage } from "./salvage.ts";
import type { Writing } from "./write-changes.ts";

export interface Rebuilt {
  /** How many commands were kept. */
  readonly kept: number;
  /** How many commands could not be read any more; undefined if nothing could be read, so that nobody knows. */
  readonly lost: number | undefined;
}

/** All but the owner: a former one must not become it again. */
const STORES: readonly StoreName[] = [
  "entries",
  "conversations",
  "pictures",
  "profiles",
  "outbox",
  "links",
  "drafts",
  "confirmedDrafts",
  "meta",
];

/**
 * Empties a local store that cannot be used, of all but what could still be read of the outbox and the drafts. It is a new device: the rest comes from the
 * server again.
 *
 * @throws StoreError
 */
export async function rebuildLocalData(account: string): Promise<Rebuilt> {
  const salvage = await readSalvage(account);
  if (!(await isRefilled(account, salvage))) {
    await deleteLocalData(account);
    await refill(await openDatabase(account, {}), salvage);
  }
  return { kept: salvage.outbox.length, lost: salvage.unreadable };
}

/** In its place, so that what was saved is never nowhere, whoever keeps the database and whatever ends this. False where it cannot be opened or written as it is. */
async function isRefilled(account: string, salvage: Salvage): Promise<boolean> {
  try {
    await refill(await openDatabase(account, {}), salvage);
    return true;
  } catch {
    return false;
  }
}

/** In one transaction, all or nothing. */
async function refill(database: Database, salvage: Salvage): Promise<void> {
  try {
    const stores: StoreName[] = [...STORES, "owner"];
    const transaction: Writing = database.transaction(stores, "readwrite", { durability: "strict" });
    await committed(transaction, () => replaceAll(transaction, salvage));
  } finally {
    database.close();
  }
}

async function replaceAll(transaction: Writing, { outbox, drafts, confirmedDrafts }: Salvage): Promise<void> {
  const owner = transaction.objectStore("owner");
  const texts = transaction.objectStore("drafts");
  const generation = (await owner.get(generationKey)) ?? 0;
  await Promise.all([
    owner.put(generation + 1, generationKey),
    ...STORES.map((store) => transaction.objectStore(store).clear()),
    ...outbox.map((entry) => transaction.objectStore("outbox").put(entry)),
    ...drafts.map(({ key, value }) =>
      typeof key === "string" && typeof value === "string" ? texts.put(value, key) : undefined,
    ),
    // A new device is told every draft anew, and joins it with what it has made from this one.
    ...confirmedDrafts.map((draft) => transaction.objectStore("confirmedDrafts").put({ ...draft, version: 0 })),
  ]);
}
