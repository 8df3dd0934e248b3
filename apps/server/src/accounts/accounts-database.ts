import { Database } from "bun:sqlite";
import { join } from "node:path";
import { StoreError } from "../store/store-error.ts";

const FILE = "accounts.db";

export type AccountsDatabase = Database;

/** The data folder is in use by another process. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

/**
 * Opens the database of accounts and sessions in the data folder. It stays locked while it is open: a second server on the same folder
 * would not know what the first one holds in memory. The system frees the lock when a process dies, however it dies.
 */
export function openAccountsDatabase(folder: string): AccountsDatabase {
  const database = new Database(join(folder, FILE), { create: true, readwrite: true });
  try {
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    database.run("PRAGMA journal_mode = WAL");
    database.run("PRAGMA synchronous = FULL");
    database.run("PRAGMA foreign_keys = ON");
    // The lock is taken with the first write.
    database.run("BEGIN IMMEDIATE");
    database.run("COMMIT");
    const sound = database.query<{ quick_check: string }, []>("PRAGMA quick_check(1)").get()?.quick_check === "ok";
    if (!sound) throw new StoreError("corrupt", "The database of accounts is damaged. Restore it from a backup.");
  } catch (error) {
    database.close();
    if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY") {
      throw new DataFolderInUse("Another Parley server is using this data folder.", { cause: error });
    }
    throw error;
  }
  return database;
}

/**
 * Closes it so that it can be opened again at once, also by another process: the account library leaves its statements to the garbage collector, and with them
 * the lock.
 */
export function closeAccountsDatabase(database: AccountsDatabase): void {
  database.run("PRAGMA journal_mode = DELETE");
  database.run("PRAGMA locking_mode = NORMAL");
  // The lock is given up with the next read.
  database.run("SELECT count(*) FROM sqlite_schema");
  database.close();
}
