import type { OutboxEntry } from "@parley/client";
import { openDB } from "idb";
import { databaseName } from "./database-schema.ts";
import { deleteLocalData, openDatabase } from "./open-database.ts";

/** What a person typed and no server may have yet. */
interface Salvage {
  readonly outbox: readonly OutboxEntry[];
  readonly drafts: readonly (readonly [conversation: string, text: string])[];
}

/**
 * Makes a new, empty local store in place of one that cannot be used, with what could still be read of the outbox and the drafts. It is a new
 * device: the rest comes from the server again.
 *
 * @returns how many commands were saved
 * @throws StoreError
 */
export async function rebuildLocalData(account: string): Promise<number> {
  const salvage = await readSalvage(account);
  await deleteLocalData(account);
  const database = await openDatabase(account, {});
  try {
    const transaction = database.transaction(["outbox", "drafts"], "readwrite", { durability: "strict" });
    const outbox = transaction.objectStore("outbox");
    const drafts = transaction.objectStore("drafts");
    await Promise.all([
      ...salvage.outbox.map((entry) => outbox.put(entry)),
      ...salvage.drafts.map(([conversation, text]) => drafts.put(text, conversation)),
      transaction.done,
    ]);
  } finally {
    database.close();
  }
  return salvage.outbox.length;
}

/** Reads whatever version of the app wrote it; what cannot be read is left out. */
async function readSalvage(account: string): Promise<Salvage> {
  const nothing: Salvage = { outbox: [], drafts: [] };
  try {
    // Without a version: as it is.
    const database = await openDB(databaseName(account));
    try {
      if (!database.objectStoreNames.contains("outbox") || !database.objectStoreNames.contains("drafts"))
        return nothing;
      const transaction = database.transaction(["outbox", "drafts"]);
      const drafts = transaction.objectStore("drafts");
      const [outbox, conversations, texts] = await Promise.all([
        transaction.objectStore("outbox").getAll(),
        drafts.getAllKeys(),
        drafts.getAll(),
      ]);
      return {
        outbox: outbox.filter(isOutboxEntry),
        drafts: conversations.flatMap((conversation, index) => {
          const text: unknown = texts[index];
          return typeof conversation === "string" && typeof text === "string" ? [[conversation, text] as const] : [];
        }),
      };
    } finally {
      database.close();
    }
  } catch {
    // Nothing can be read: there is nothing to save.
    return nothing;
  }
}

function isOutboxEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== "object" || value === null) return false;
  return (
    "id" in value &&
    typeof value.id === "string" &&
    "log" in value &&
    typeof value.log === "string" &&
    "position" in value &&
    typeof value.position === "number" &&
    "command" in value &&
    value.command instanceof Uint8Array &&
    "possiblySent" in value &&
    typeof value.possiblySent === "boolean" &&
    "state" in value &&
    typeof value.state === "object" &&
    value.state !== null &&
    "kind" in value.state
  );
}
