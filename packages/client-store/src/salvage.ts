import { fromBinary } from "@bufbuild/protobuf";
import type { ConfirmedDraft, OutboxEntry } from "@parley/client";
import { CommandSchema } from "@parley/protocol";
import { type IDBPDatabase, openDB } from "idb";
import { databaseName } from "./database-schema.ts";

/** What a person typed and no server may have yet, as far as it can still be read. */
export interface Salvage {
  readonly outbox: readonly OutboxEntry[];
  readonly drafts: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
  /**
   * What the drafts were made from: without it, one that was posted elsewhere meanwhile would count as written anew. All of it or nothing, and nothing where the text of a
   * draft is lost: what is missing would count as told, or as emptied.
   */
  readonly confirmedDrafts: readonly ConfirmedDraft[];
  /** How many commands are there but cannot be read any more; undefined if not even that can be told. */
  readonly unreadable: number | undefined;
}

/** Reads whatever version of the app wrote it, record by record: one that is spoiled takes no other with it. */
export async function readSalvage(account: string): Promise<Salvage> {
  try {
    // Without a version: as it is.
    const database = await openDB(databaseName(account));
    try {
      const commands = await readRecords(database, "outbox");
      const outbox = commands.map(({ value }) => value).filter(isOutboxEntry);
      const texts = await readRecords(database, "drafts");
      const drafts = texts.filter(({ value }) => value !== undefined);
      const confirmedDrafts = drafts.length === texts.length ? await readConfirmedDrafts(database) : [];
      return { outbox, drafts, confirmedDrafts, unreadable: commands.length - outbox.length };
    } finally {
      database.close();
    }
  } catch {
    return { outbox: [], drafts: [], confirmedDrafts: [], unreadable: undefined };
  }
}

async function readConfirmedDrafts(database: IDBPDatabase): Promise<readonly ConfirmedDraft[]> {
  try {
    const drafts = (await readRecords(database, "confirmedDrafts")).map(({ value }) => value);
    return drafts.every(isConfirmedDraft) ? drafts : [];
  } catch {
    return [];
  }
}

/** Every key of a store with its value, which is undefined if it cannot be read. */
async function readRecords(
  database: IDBPDatabase,
  store: string,
): Promise<readonly { readonly key: IDBValidKey; readonly value: unknown }[]> {
  if (!database.objectStoreNames.contains(store)) return [];
  const keys = await database.getAllKeys(store);
  try {
    const values: unknown[] = await database.getAll(store);
    if (values.length === keys.length) return keys.map((key, index) => ({ key, value: values[index] }));
  } catch {
    // At least one is spoiled.
  }
  // Each in a transaction of its own, which a request that fails ends.
  return Promise.all(
    keys.map(async (key) => ({ key, value: (await database.get(store, key).catch(() => undefined)) as unknown })),
  );
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
    isCommand(value.command, value.id, value.log) &&
    "possiblySent" in value &&
    typeof value.possiblySent === "boolean" &&
    "state" in value &&
    typeof value.state === "object" &&
    value.state !== null &&
    "kind" in value.state
  );
}

function isConfirmedDraft(value: unknown): value is ConfirmedDraft {
  if (typeof value !== "object" || value === null) return false;
  return (
    "conversation" in value &&
    typeof value.conversation === "string" &&
    "version" in value &&
    typeof value.version === "number" &&
    "text" in value &&
    typeof value.text === "string" &&
    "sent" in value &&
    Array.isArray(value.sent) &&
    value.sent.every((text) => typeof text === "string")
  );
}

/** Spoiled bytes must not be sent under an id that stands for something else. */
function isCommand(bytes: Uint8Array, id: string, log: string): boolean {
  try {
    const command = fromBinary(CommandSchema, bytes);
    return command.id === id && command.log === log;
  } catch {
    return false;
  }
}
