import { deleteDB, openDB } from "idb";
import {
  type Database,
  type DatabaseSchema,
  databaseName,
  databaseVersion,
  upgradeDatabase,
} from "./database-schema.ts";
import { StoreError, storeErrorOf } from "./store-error.ts";

export interface OpenOptions {
  /** The store was closed from outside: deleted, rebuilt, upgraded by a newer version of the app, or dropped by the browser. */
  readonly closed?: () => void;
}

/** @throws StoreError */
export async function openDatabase(account: string, { closed }: OpenOptions): Promise<Database> {
  if (!("indexedDB" in globalThis)) throw new StoreError("unavailable", "this browser has no IndexedDB");
  try {
    const database = await openDB<DatabaseSchema>(databaseName(account), databaseVersion, {
      upgrade: (opened, fromVersion, _toVersion, upgrade) => upgradeDatabase(opened, fromVersion, upgrade),
      // Whoever deletes or upgrades the database goes first; this connection makes way.
      blocking: (_version, _blockedVersion, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        closed?.();
      },
      terminated: () => closed?.(),
    });
    return database;
  } catch (thrown) {
    throw storeErrorOf(thrown);
  }
}

/**
 * Deletes what this device keeps of an account, the outbox included. Stores that are open on it are closed.
 *
 * @throws StoreError
 */
export async function deleteLocalData(account: string): Promise<void> {
  try {
    await deleteDB(databaseName(account));
  } catch (thrown) {
    throw storeErrorOf(thrown);
  }
}
