import { type ClientStore, type StoreChange, StoreError } from "@parley/client";
import {
  deleteLocalData,
  openExistingStore,
  openIndexedDbStore,
  rebuildLocalData,
} from "@parley/client-store/indexeddb";
import { commandOfVersion1, makeDatabaseOfVersion1, outboxOfVersion1 } from "./database-of-version-1.ts";
import { openRaw, putRaw } from "./raw-database.ts";

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
      name: "[FLU6] a database that is not there is not made, and one that is there is opened as it is",
      async run(account) {
        expect((await openExistingStore(account)) === undefined, "there is none");
        const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
        expect(!names.some((name) => name.includes(account)), "none was made");
        const { store, generation } = await owned(account);
        await store.commit(generation, [draft("kept")], "strict");
        const existing = await openExistingStore(account);
        expect((await existing?.generation()) === generation, "its owner");
        expect((await existing?.load())?.drafts.length === 1, "its rows");
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
        expect((await rebuildLocalData(account)).kept === 2, "two commands saved");
        const state = await (await openIndexedDbStore(account)).load();
        expect(state.meta === undefined, "a new device");
        expect(state.outbox.map(({ id }) => id).join() === "one,two", "the queue in its order");
        expect(state.drafts[0]?.text === "typed", "the draft");
        const [confirmed] = state.confirmedDrafts;
        expect(confirmed?.text === "typ" && confirmed.version === 0, "what it was made from, to be told anew");
      },
    },
    {
      name: "[DRF4] rebuilding forgets what drafts were made from where not all of it can be read, and keeps their texts",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, typed(), "strict");
        await store.close();
        await putRaw(account, "confirmedDrafts", { conversation: "d", version: "four" });
        await rebuildLocalData(account);
        const state = await (await openIndexedDbStore(account)).load();
        expect(state.drafts[0]?.text === "typed", "the draft");
        expect(state.confirmedDrafts.length === 0, "written anew");
      },
    },
    {
      name: "rebuilding leaves out what is no command, and works on a database that is something else",
      async run(account) {
        await openRaw(account, 1, (database) => {
          database.createObjectStore("outbox").put({ id: 5, nonsense: true }, "x");
          database.createObjectStore("drafts").put(7, "c");
        });
        expect((await rebuildLocalData(account)).kept === 0, "nothing to save");
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
        await putRaw(account, "profiles", { account: "ana", row: Uint8Array.of(0x0a, 0xff, 0xff) });
        await expectKind(
          openIndexedDbStore(account).then((store) => store.load()),
          "damaged",
        );
      },
    },
    {
      name: "[STO8] rebuilding keeps every command that can be read, and counts those that cannot",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, typed(), "strict");
        await store.close();
        const spoiled = { log: "c", position: 7, possiblySent: false, state: { kind: "queued" } };
        await putRaw(account, "outbox", { ...spoiled, id: "cut", command: commandOfVersion1("cut").slice(0, 3) });
        await putRaw(account, "outbox", { ...spoiled, id: "other", command: commandOfVersion1("not this one") });
        await putRaw(account, "outbox", { id: "nothing" });
        const rebuilt = await rebuildLocalData(account);
        expect(rebuilt.kept === 2 && rebuilt.lost === 3, `two kept, three lost; found ${JSON.stringify(rebuilt)}`);
        const state = await (await openIndexedDbStore(account)).load();
        expect(state.outbox.map(({ id }) => id).join() === "one,two", "the queue in its order");
      },
    },
    {
      name: "[STO8] a rebuild takes from nobody what it saves, and waits for nobody who is frozen",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, typed(), "strict");
        await store.close();
        await putRaw(account, "profiles", { account: "ana", row: Uint8Array.of(0x0a, 0xff, 0xff) });
        const frozen = await openRaw(account, undefined, () => undefined, false);
        expect((await rebuildLocalData(account)).kept === 2, "two commands kept");
        const rebuilt = await openIndexedDbStore(account);
        expect((await rebuilt.load()).outbox.map(({ id }) => id).join() === "one,two", "the queue in its order");
        expect((await rebuilt.claim()) > generation, "no former owner is the owner");
        frozen.close();
      },
    },
    {
      name: "[STO7] a database of the first version is opened with all that it holds",
      async run(account) {
        await makeDatabaseOfVersion1(`parley-${account}`);
        const store = await openIndexedDbStore(account);
        const { meta: held, conversations, profiles, outbox, links, drafts } = await store.load();
        expect(held?.device === "d" && held.accountHead === 3 && held.doubted.join() === "c", "the device");
        expect(conversations[0]?.state?.title === "Allotment", "the conversation");
        expect(conversations[0]?.ranges[0]?.to === 2 && conversations[0].newest?.id === "m2", "its ranges");
        expect((await store.entries("c", 1, 9)).map(({ id }) => id).join() === "m1,m2", "its entries");
        expect(profiles[0]?.displayName === "Ana", "the profiles");
        expect(outbox.map(({ id }) => id).join() === "p2,p3,p4,p5", "the outbox in its order");
        for (const entry of outboxOfVersion1) {
          const { state, possiblySent, command } = outbox.find(({ id }) => id === entry.id) ?? {};
          expect(JSON.stringify(state) === JSON.stringify(entry.state), `the state of ${entry.id}`);
          expect(possiblySent === entry.possiblySent, `whether ${entry.id} may have been sent`);
          expect(command?.join() === entry.command.join(), `the bytes of ${entry.id}`);
        }
        expect(links[0]?.last === "m2", "the links");
        expect(drafts.length === 1, "the draft");
        expect((await store.claim()) === 8, "the generation goes on");
      },
    },
    {
      name: "[STO7] a database that somebody keeps from being opened is not waited for without end",
      async run(account) {
        await (await openIndexedDbStore(account)).close();
        const frozen = await openRaw(account, undefined, () => undefined, false);
        const upgrade = openRaw(account, 900, () => undefined);
        await expectKind(openIndexedDbStore(account, { makeWayMs: 50 }), "blocked");
        frozen.close();
        await upgrade;
      },
    },
    {
      name: "[STO6] deleting leaves nothing to be read, even where somebody who is frozen keeps the database",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, typed(), "strict");
        const frozen = await openRaw(account, undefined, () => undefined, false);
        // Time enough to empty it on a busy machine; the deletion itself waits in vain.
        await deleteLocalData(account, 1_000);
        const left = frozen.transaction("outbox").objectStore("outbox").count();
        await new Promise((resolve) => {
          left.onsuccess = resolve;
        });
        expect(left.result === 0, `an empty outbox, found ${left.result}`);
        frozen.close();
        expect((await (await openIndexedDbStore(account)).load()).outbox.length === 0, "nothing later");
      },
    },
    {
      name: "[STO6] what somebody keeps in use is not said to be gone, and goes when they let it",
      async run(account) {
        const { store, generation } = await owned(account);
        await store.commit(generation, typed(), "strict");
        const busy = await openRaw(account, undefined, () => undefined, false);
        const release = keepInUse(busy.transaction("outbox", "readwrite").objectStore("outbox"));
        await expectKind(deleteLocalData(account, 50), "blocked");
        release();
        busy.close();
        await deleteLocalData(account);
        expect((await (await openIndexedDbStore(account)).load()).outbox.length === 0, "nothing later");
      },
    },
  ];
}

const meta = { account: "ana", device: "device", incarnation: "one", accountHead: 3, doubted: [] };

/** Asks again and again, so that the transaction does not end. Returns how to stop. */
function keepInUse(store: IDBObjectStore): () => void {
  let wanted = true;
  const ask = () => {
    if (wanted) store.count().onsuccess = ask;
  };
  ask();
  return () => {
    wanted = false;
  };
}

function typed(): StoreChange[] {
  const entryOf = (id: string, position: number) =>
    ({
      id,
      log: "c",
      position,
      command: commandOfVersion1(id),
      possiblySent: true,
      state: { kind: "queued" },
    }) as const;
  return [
    { kind: "outbox", entry: entryOf("two", 20) },
    { kind: "outbox", entry: entryOf("one", 3) },
    draft("typed"),
    { kind: "confirmed-draft", draft: { conversation: "c", version: 4, text: "typ", sent: [] } },
  ];
}

function draft(text: string): StoreChange {
  return { kind: "draft", conversation: "c", text };
}

async function owned(account: string): Promise<{ store: ClientStore; generation: number }> {
  const store = await openIndexedDbStore(account);
  return { store, generation: await store.claim() };
}

async function expectKind(operation: Promise<unknown>, kind: StoreError["kind"]): Promise<void> {
  const error = await operation.catch((thrown: unknown) => thrown);
  expect(error instanceof StoreError && error.kind === kind, `"${kind}", found ${error}`);
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}
