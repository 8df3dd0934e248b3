import type { ChoiceMemory } from "@parley/client";

const DATABASE = "parley-network";
const STORE = "network";
const KEY = "sockets-blocked-until";

/**
 * Remembers in IndexedDB, the one place that every kind of worker has, that sockets are blocked. The database is there only while they are. Where nothing can
 * be kept it is found out anew.
 */
export class RememberedBlock implements ChoiceMemory {
  #blockedUntil = 0;
  #known = false;

  constructor() {
    this.#load().catch(() => undefined);
  }

  recall(): number {
    return this.#blockedUntil;
  }

  keep(blockedUntil: number): void {
    this.#known = true;
    this.#blockedUntil = blockedUntil;
    this.#write(blockedUntil).catch(() => undefined);
  }

  async #load(): Promise<void> {
    const names = await indexedDB.databases();
    if (!names.some(({ name }) => name === DATABASE)) return;
    const database = await opened();
    const stored = await done(database.transaction(STORE).objectStore(STORE).get(KEY));
    database.close();
    if (!this.#known && typeof stored === "number") this.#blockedUntil = stored;
  }

  async #write(blockedUntil: number): Promise<void> {
    if (blockedUntil === 0) {
      indexedDB.deleteDatabase(DATABASE);
      return;
    }
    const database = await opened();
    await done(database.transaction(STORE, "readwrite").objectStore(STORE).put(blockedUntil, KEY));
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The database cannot be used."));
  });
}
