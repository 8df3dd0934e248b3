import { StoreError, type StoreErrorKind } from "@parley/client";
import { deleteDB, openDB } from "idb";
import {
  type Database,
  type DatabaseSchema,
  databaseName,
  databaseVersion,
  upgradeDatabase,
} from "./database-schema.ts";
import { storeErrorOf } from "./store-error-of.ts";

export interface OpenOptions {
  /** The store was closed from outside: deleted, upgraded by a newer version of the app, or dropped by the browser. */
  readonly closed?: () => void;
  /** How long others who have the database open may take to make way. */
  readonly makeWayMs?: number;
}

/** They do at once, unless they are frozen. */
const MAKE_WAY_MS = 10_000;

/** A database that was just thrown away, or whose disk is busy, opens a moment later. */
const OPENINGS = 5;
const OPEN_AGAIN_AFTER_MS = 200;
const mayPass: ReadonlySet<StoreErrorKind> = new Set(["aborted", "closed", "damaged"]);

/** @throws StoreError */
export async function openDatabase(account: string, options: OpenOptions): Promise<Database> {
  for (let opening = 1; ; opening++) {
    try {
      return await openOnce(account, options);
    } catch (error) {
      if (opening === OPENINGS || !(error instanceof StoreError) || !mayPass.has(error.kind)) throw error;
      await new Promise((resolve) => setTimeout(resolve, OPEN_AGAIN_AFTER_MS * opening));
    }
  }
}

/**
 * The same, once, if there is one: undefined if not, and none is made.
 *
 * @throws StoreError
 */
export async function openExistingDatabase(account: string): Promise<Database | undefined> {
  let exists = true;
  try {
    return await openOnce(account, {}, (database, fromVersion, upgrade) => {
      exists = fromVersion > 0;
      if (exists) upgradeDatabase(database, fromVersion, upgrade);
      else giveUp(upgrade);
    });
  } catch (error) {
    if (exists) throw error;
    return undefined;
  }
}

/** What was not there before is not there afterwards. */
function giveUp(upgrade: Parameters<typeof upgradeDatabase>[2]): void {
  upgrade.done.catch(() => undefined);
  upgrade.abort();
}

async function openOnce(account: string, options: OpenOptions, adapt = upgradeDatabase): Promise<Database> {
  if (!("indexedDB" in globalThis)) throw new StoreError("unavailable", "this browser has no IndexedDB");
  const { closed, makeWayMs = MAKE_WAY_MS } = options;
  const blocked = Promise.withResolvers<never>();
  const tooLate = () => blocked.reject(new StoreError("blocked", "somebody keeps the database from being opened"));
  const timer = setTimeout(tooLate, makeWayMs);
  /** Why what is there cannot be brought to this version: it is something else. */
  let unfit: unknown;
  const opening = openDB<DatabaseSchema>(databaseName(account), databaseVersion, {
    upgrade: (opened, fromVersion, _toVersion, upgrade) => {
      // It is ours now, however long it takes.
      clearTimeout(timer);
      try {
        adapt(opened, fromVersion, upgrade);
      } catch (thrown) {
        unfit = thrown;
        giveUp(upgrade);
      }
    },
    // Whoever deletes or upgrades the database goes first; this connection makes way.
    blocking: (_version, _blockedVersion, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      closed?.();
    },
    terminated: () => closed?.(),
  });
  try {
    return await Promise.race([opening, blocked.promise]);
  } catch (thrown) {
    // Opened after all, it would be in the way of others.
    opening.then(
      (late) => late.close(),
      () => undefined,
    );
    throw unfit === undefined ? storeErrorOf(thrown) : new StoreError("damaged", `no local store: ${unfit}`, unfit);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Deletes what this device keeps of an account, the outbox included. Stores that are open on it are closed. Where somebody who is frozen keeps the
 * database open, it is emptied, and goes when they do.
 * Resolves only when nothing of it is left to read.
 *
 * @throws StoreError
 */
export async function deleteLocalData(account: string, makeWayMs = MAKE_WAY_MS): Promise<void> {
  const name = databaseName(account);
  const emptied = await inTime(empty(name), makeWayMs);
  try {
    const deletion = deleteDB(name).then(() => true);
    if ((await inTime(deletion, makeWayMs)) || emptied) return;
  } catch (thrown) {
    throw storeErrorOf(thrown);
  }
  throw new StoreError("blocked", "somebody keeps the database from being deleted");
}

/** Whatever version it is of. False for one that cannot be opened: deleting it is what counts. */
async function empty(name: string): Promise<boolean> {
  try {
    const database = await openDB(name);
    const stores = [...database.objectStoreNames];
    try {
      if (stores.length === 0) return true;
      const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
      await Promise.all([...stores.map((store) => transaction.objectStore(store).clear()), transaction.done]);
      return true;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** Waits for what others may hold up, but not for ever: false if it took too long. */
function inTime(work: Promise<boolean>, limitMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
