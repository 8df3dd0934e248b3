import { type Durability, type Generation, StaleOwnerError, type StoreChange } from "@parley/client";
import type { Entry } from "@parley/protocol";
import type { IDBPTransaction } from "idb";
import { committed } from "./committed.ts";
import { type Database, type DatabaseSchema, generationKey, metaKey, type StoreName } from "./database-schema.ts";
import { recordOfConversation, recordOfEntry, recordOfProfile } from "./records.ts";

export type Writing = IDBPTransaction<DatabaseSchema, StoreName[], "readwrite">;
type WriteAll = (transaction: Writing, changes: readonly StoreChange[]) => Promise<unknown>;

/** Applies changes in one transaction, if `generation` is still the owner's. */
export async function writeChanges(
  database: Database,
  generation: Generation,
  changes: readonly StoreChange[],
  durability: Durability,
): Promise<void> {
  try {
    await writeOnce(database, generation, changes, durability, writeAtOnce);
  } catch (thrown) {
    // An entry moved to another ordinal, as happens only when the server's history was replaced: look before each put.
    if (!(thrown instanceof DOMException) || thrown.name !== "ConstraintError") throw thrown;
    await writeOnce(database, generation, changes, durability, writeOneByOne);
  }
}

async function writeOnce(
  database: Database,
  generation: Generation,
  changes: readonly StoreChange[],
  durability: Durability,
  writeAll: WriteAll,
): Promise<void> {
  const stores: StoreName[] = [...new Set<StoreName>(["owner", ...changes.flatMap(storesOf)])];
  const transaction: Writing = database.transaction(stores, "readwrite", { durability });
  await committed(transaction, async () => {
    await checkOwner(transaction, generation);
    const written = writeAll(transaction, changes);
    if (writeAll === writeAtOnce) transaction.commit();
    await written;
  });
}

/** Throws if somebody else is the owner. */
export async function checkOwner(transaction: Writing, generation: Generation): Promise<void> {
  const owner = await transaction.objectStore("owner").get(generationKey);
  if (generation !== "none" && owner !== generation)
    throw new StaleOwnerError(`generation ${generation} is not the owner's`);
}

/** All requests at once: the platform carries them out in this order. */
const writeAtOnce: WriteAll = (transaction, changes) =>
  Promise.all(changes.map((change) => write(transaction, change)));

const writeOneByOne: WriteAll = async (transaction, changes) => {
  for (const change of changes) {
    if (change.kind !== "entries") await write(transaction, change);
    else for (const entry of change.entries) await moveEntry(transaction, entry);
  }
};

async function moveEntry(transaction: Writing, entry: Entry): Promise<void> {
  const entries = transaction.objectStore("entries");
  const held = await entries.index("id").getKey([entry.conversation, entry.id]);
  if (held !== undefined) await entries.delete(held);
  await entries.put(recordOfEntry(entry));
}

/** What belongs to one incarnation of the server. */
const HISTORY = ["conversations", "entries", "pictures", "profiles", "confirmedDrafts"] as const;

function storesOf(change: StoreChange): readonly StoreName[] {
  switch (change.kind) {
    case "meta":
      return ["meta"];
    case "conversation":
      return ["conversations"];
    case "forget-conversation":
      return ["conversations", "entries", "pictures"];
    case "picture":
    case "forget-picture":
      return ["pictures"];
    case "entries":
    case "forget-entries":
      return ["entries"];
    case "profiles":
      return ["profiles"];
    case "outbox":
    case "forget-outbox":
      return ["outbox"];
    case "link":
      return ["links"];
    case "draft":
      return ["drafts"];
    case "confirmed-draft":
      return ["confirmedDrafts"];
    case "forget-history":
      return HISTORY;
  }
}

/** Not async: a row that cannot be written throws before the transaction is told to commit. */
function write(transaction: Writing, change: StoreChange): Promise<unknown> {
  switch (change.kind) {
    case "meta":
      return transaction.objectStore("meta").put(change.meta, metaKey);
    case "conversation":
      return transaction.objectStore("conversations").put(recordOfConversation(change.conversation));
    case "forget-conversation":
      return Promise.all([
        transaction.objectStore("conversations").delete(change.id),
        transaction.objectStore("entries").delete(IDBKeyRange.bound([change.id], [change.id, []])),
        transaction.objectStore("pictures").delete(change.id),
      ]);
    case "picture":
      return transaction.objectStore("pictures").put(change.picture);
    case "forget-picture":
      return transaction.objectStore("pictures").delete(change.conversation);
    case "entries": {
      const entries = transaction.objectStore("entries");
      return Promise.all(change.entries.map((entry) => entries.put(recordOfEntry(entry))));
    }
    case "forget-entries":
      return deleteEntries(transaction, change);
    case "profiles": {
      const profiles = transaction.objectStore("profiles");
      return Promise.all(change.profiles.map((profile) => profiles.put(recordOfProfile(profile))));
    }
    case "outbox":
      return transaction.objectStore("outbox").put(change.entry);
    case "forget-outbox":
      return transaction.objectStore("outbox").delete(change.id);
    case "link":
      return transaction.objectStore("links").put(change.link);
    case "draft": {
      const drafts = transaction.objectStore("drafts");
      return change.text === "" ? drafts.delete(change.conversation) : drafts.put(change.text, change.conversation);
    }
    case "confirmed-draft":
      return transaction.objectStore("confirmedDrafts").put(change.draft);
    case "forget-history":
      return Promise.all(HISTORY.map((store) => transaction.objectStore(store).clear()));
  }
}

export function deleteEntries(
  transaction: Writing,
  { conversation, from, to }: Extract<StoreChange, { readonly kind: "forget-entries" }>,
): Promise<void> {
  if (to < from) return Promise.resolve();
  return transaction.objectStore("entries").delete(IDBKeyRange.bound([conversation, from], [conversation, to]));
}
