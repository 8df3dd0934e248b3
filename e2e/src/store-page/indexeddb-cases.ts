import type { ClientStore, StoreChange } from "@parley/client";
import { StoreError } from "@parley/client-store";
import { deleteLocalData, openIndexedDbStore, rebuildLocalData } from "@parley/client-store/indexeddb";

export interface IndexedDbCase {
  readonly name: string;
  run(account: string): Promise<void>;
}

/** What only a store in a browser can meet. */
export function indexedDbCases(): readonly IndexedDbCase[] {
  return [
    {
      name: "[STO1] a commit with a row that cannot be stored changes nothing",
      async run(account) {
        const { store, generation } = await owned(account);
        const bad = { id: "x", log: "c", position: 1, command: Uint8Array.of(1), possiblySent: false } as const;
        const changes: StoreChange[] = [
          draft("before"),
          // A function has no structured clone.
          { kind: "outbox", entry: Object.assign({}, bad, { state: { kind: "queued" as const }, odd: () => 1 }) },
          draft("after"),
        ];
        const error = await store.commit(generation, changes, "strict").catch((thrown: unknown) => thrown);
        expect(error instanceof StoreError, `refused, found ${error}`);
        expect((await store.load()).drafts.length === 0, "no draft was stored");
        await store.commit(generation, [draft("later")], "strict");
        expect((await store.load()).drafts.length === 1, "the store works on");
      },
    },
    {
      name: "an open store makes way for deletion, says so, and refuses typed from then on",
      async run(account) {
        let closed = 0;
        const store = await openIndexedDbStore(account, { closed: () => closed++ });
        const generation = await store.claim();
        await store.commit(generation, [draft("gone")], "strict");
        await deleteLocalData(account);
        expect(closed === 1, "told once");
        await expectKind(store.load(), "closed");
        await expectKind(store.commit(generation, [draft("late")], "strict"), "closed");
        expect((await (await openIndexedDbStore(account)).load()).drafts.length === 0, "nothing is left");
      },
    },
    {
      name: "a database of a newer version is left alone, and says so",
      async run(account) {
        await openRaw(account, 900, () => undefined);
        await expectKind(openIndexedDbStore(account), "newer-version");
        await openRaw(account, 900, () => undefined);
      },
    },
    {
      name: "[OUT1] rebuilding a database of a newer version saves its outbox and drafts",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, [...typed(), { kind: "meta", meta }], "strict");
        await store.close();
        await openRaw(account, 901, (database) => database.createObjectStore("of-the-future"));
        expect((await rebuildLocalData(account)) === 2, "two commands saved");
        const state = await (await openIndexedDbStore(account)).load();
        expect(state.meta === undefined, "a new device");
        expect(state.outbox.map(({ id }) => id).join() === "one,two", "the queue in its order");
        expect(state.drafts[0]?.text === "typed", "the draft");
      },
    },
    {
      name: "rebuilding leaves out what is no command, and works on a database that is something else",
      async run(account) {
        await openRaw(account, 1, (database) => {
          database.createObjectStore("outbox").put({ id: 5, nonsense: true }, "x");
          database.createObjectStore("drafts").put(7, "c");
        });
        expect((await rebuildLocalData(account)) === 0, "nothing to save");
        expect((await (await openIndexedDbStore(account)).load()).outbox.length === 0, "an empty outbox");
        await openRaw(`${account}-2`, 1, (database) => database.createObjectStore("something-else"));
        await expectKind(
          openIndexedDbStore(`${account}-2`).then((store) => store.load()),
          "damaged",
        );
        await rebuildLocalData(`${account}-2`);
        expect((await (await openIndexedDbStore(`${account}-2`)).load()).outbox.length === 0, "usable again");
      },
    },
    {
      name: "a row that cannot be decoded is damage, not a crash",
      async run(account) {
        await (await openIndexedDbStore(account)).close();
        const database = await openRaw(account, undefined, () => undefined, false);
        const transaction = database.transaction("profiles", "readwrite");
        transaction.objectStore("profiles").put({ account: "ana", row: Uint8Array.of(0x0a, 0xff, 0xff) });
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        database.close();
        await expectKind(
          openIndexedDbStore(account).then((store) => store.load()),
          "damaged",
        );
      },
    },
  ];
}

const meta = { account: "ana", device: "device", incarnation: "one", accountHead: 3, doubted: [] };

function typed(): StoreChange[] {
  const command = { log: "c", command: Uint8Array.of(1, 2), possiblySent: true, state: { kind: "queued" } } as const;
  return [
    { kind: "outbox", entry: { ...command, id: "two", position: 20 } },
    { kind: "outbox", entry: { ...command, id: "one", position: 3 } },
    draft("typed"),
  ];
}

function draft(text: string): StoreChange {
  return { kind: "draft", conversation: "c", text };
}

async function owned(account: string): Promise<{ store: ClientStore; generation: number }> {
  const store = await openIndexedDbStore(account);
  return { store, generation: await store.claim() };
}

/** Opens the database as another program would; closes it again unless told not to. */
function openRaw(
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

async function expectKind(operation: Promise<unknown>, kind: StoreError["kind"]): Promise<void> {
  const error = await operation.catch((thrown: unknown) => thrown);
  expect(error instanceof StoreError && error.kind === kind, `"${kind}", found ${error}`);
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}
