/** Opens an account's database as another program would; closes it again unless told not to. */
export function openRaw(
  account: string,
  version: number | undefined,
  upgrade: (database: IDBDatabase) => void,
  close = true,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`parley-${account}`, version);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      if (close) request.result.close();
      resolve(request.result);
    };
  });
}

/** Puts a record into a database that is there already, past all the code that knows better. */
export async function putRaw(account: string, store: string, value: unknown): Promise<void> {
  const database = await openRaw(account, undefined, () => undefined, false);
  const transaction = database.transaction(store, "readwrite");
  transaction.objectStore(store).put(value);
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}
