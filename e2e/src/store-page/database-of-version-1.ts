/**
 * The local database as its first version made it, in its own words: nothing here may follow the code of today, because databases like this one
 * are out there.
 */
export async function makeDatabaseOfVersion1(name: string): Promise<void> {
  const database = await openVersion1(name);
  const stores = ["entries", "conversations", "profiles", "outbox", "links", "drafts", "meta", "owner"];
  const transaction = database.transaction(stores, "readwrite");
  for (const ordinal of [1, 2]) {
    const row = bytes(text(1, `m${ordinal}`), text(2, "c"), number(3, ordinal), number(4, ordinal), number(5, ordinal));
    transaction.objectStore("entries").put({ conversation: "c", ordinal, id: `m${ordinal}`, row });
  }
  transaction.objectStore("conversations").put({
    id: "c",
    head: bytes(text(1, "c"), number(2, 2)),
    entryHead: 2,
    state: bytes(text(1, "c"), number(2, 2), text(5, "Allotment")),
    ranges: [{ from: 1, to: 2 }],
    staleRanges: [],
    read: bytes(text(1, "c"), number(2, 2)),
    wanted: { delivered: 2, read: 1 },
    others: [{ account: "ben", marks: { delivered: 1, read: 0 } }],
    byAll: { delivered: 0, read: 0 },
    skips: [],
    newest: bytes(text(1, "m2"), text(2, "c"), number(3, 2)),
  });
  transaction.objectStore("profiles").put({ account: "ana", row: bytes(text(1, "ana"), text(3, "Ana"), number(4, 1)) });
  for (const entry of outboxOfVersion1) transaction.objectStore("outbox").put(entry);
  transaction.objectStore("links").put({ log: "c", last: "m2", position: 2 });
  transaction.objectStore("drafts").put("half a thou", "c");
  transaction
    .objectStore("meta")
    .put({ account: "ana", device: "d", incarnation: "one", accountHead: 3, doubted: ["c"] }, "meta");
  transaction.objectStore("owner").put(7, "generation");
  await ended(transaction);
  database.close();
}

/** One command in each state. */
export const outboxOfVersion1 = [
  entryOf("p3", 3, { kind: "queued" }, true),
  entryOf("p4", 4, { kind: "held", id: "x", log: "d" }, false),
  entryOf("p5", 5, { kind: "rejected", code: 7, reason: "No." }, true),
  entryOf("p2", 2, { kind: "accepted", seq: 2, receivedAt: 1_700_000_000_000 }, true),
];

/** What a command of this id looked like. */
export function commandOfVersion1(id: string): Uint8Array {
  return bytes(text(1, id), text(2, "c"));
}

function entryOf(id: string, position: number, state: object, possiblySent: boolean) {
  return { id, log: "c", position, command: commandOfVersion1(id), possiblySent, state };
}

function openVersion1(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      const entries = database.createObjectStore("entries", { keyPath: ["conversation", "ordinal"] });
      entries.createIndex("id", ["conversation", "id"], { unique: true });
      database.createObjectStore("conversations", { keyPath: "id" });
      database.createObjectStore("profiles", { keyPath: "account" });
      const outbox = database.createObjectStore("outbox", { keyPath: "id" });
      outbox.createIndex("queue", ["log", "position"]);
      database.createObjectStore("links", { keyPath: "log" });
      for (const store of ["drafts", "meta", "owner"]) database.createObjectStore(store);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Fields of the protocol's binary encoding, by hand: short texts and small numbers only. */
function bytes(...fields: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(fields.flat());
}

function text(field: number, value: string): readonly number[] {
  return [field * 8 + 2, value.length, ...new TextEncoder().encode(value)];
}

function number(field: number, value: number): readonly number[] {
  return [field * 8, value];
}
