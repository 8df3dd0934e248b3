import type { ConfirmedDraft, OutboxEntry, StoredLink, StoredMeta, StoredPicture } from "@parley/client";
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { ConversationRecord, EntryRecord, ProfileRecord } from "./records.ts";

/** One database per account. Rows of the protocol are kept encoded (see records.ts). */
export interface DatabaseSchema extends DBSchema {
  /** Key: conversation, ordinal. */
  entries: { key: [string, number]; value: EntryRecord; indexes: { id: [string, string]; disappearsAt: number } };
  conversations: { key: string; value: ConversationRecord };
  profiles: { key: string; value: ProfileRecord };
  /** Key: the conversation. */
  pictures: { key: string; value: StoredPicture };
  /** Key: the command's id. The index gives the order of the queues. */
  outbox: { key: string; value: OutboxEntry; indexes: { queue: [string, number] } };
  /** Key: the log. */
  links: { key: string; value: StoredLink };
  /** Key: the conversation. */
  drafts: { key: string; value: string };
  /** Key: the conversation. */
  confirmedDrafts: { key: string; value: ConfirmedDraft };
  /** One row, under the key `metaKey`. */
  meta: { key: string; value: StoredMeta };
  /** Under the key `generationKey`: the generation of the owner. Under `wholeKey`: anything, as long as every entry that a record names is there. */
  owner: { key: string; value: number };
}

export type StoreName = StoreNames<DatabaseSchema>;
export type Database = IDBPDatabase<DatabaseSchema>;
type Upgrade = IDBPTransaction<DatabaseSchema, StoreName[], "versionchange">;

export const metaKey = "meta";
export const generationKey = "generation";
export const wholeKey = "whole";

/** Step n brings a database from version n to n + 1. Append only: databases of every age are out there. */
const steps: readonly ((database: Database, upgrade: Upgrade) => void)[] = [
  (database) => {
    const entries = database.createObjectStore("entries", { keyPath: ["conversation", "ordinal"] });
    entries.createIndex("id", ["conversation", "id"], { unique: true });
    database.createObjectStore("conversations", { keyPath: "id" });
    database.createObjectStore("profiles", { keyPath: "account" });
    const outbox = database.createObjectStore("outbox", { keyPath: "id" });
    outbox.createIndex("queue", ["log", "position"]);
    database.createObjectStore("links", { keyPath: "log" });
    database.createObjectStore("drafts");
    database.createObjectStore("meta");
    database.createObjectStore("owner");
  },
  (database) => {
    database.createObjectStore("confirmedDrafts", { keyPath: "conversation" });
  },
  // Only entries that disappear are in it: a few.
  (_, upgrade) => void upgrade.objectStore("entries").createIndex("disappearsAt", "disappearsAt"),
  (database) => {
    database.createObjectStore("pictures", { keyPath: "conversation" });
  },
];

export const databaseVersion = steps.length;

export function upgradeDatabase(database: Database, fromVersion: number, upgrade: Upgrade): void {
  for (const step of steps.slice(fromVersion)) step(database, upgrade);
}

export function databaseName(account: string): string {
  return `parley-${account}`;
}
