import {
  type Durability,
  type Generation,
  StaleOwnerError,
  type StoreChange,
  type StoredPicture,
  type StoredState,
  StoreError,
  type YieldingStore,
} from "@parley/client";
import type { Entry } from "@parley/protocol";
import { committed } from "./committed.ts";
import { type Database, generationKey, metaKey } from "./database-schema.ts";
import { giveUpHistory } from "./give-up-history.ts";
import { givenUpIn } from "./given-up.ts";
import { type OpenOptions, openDatabase, openExistingDatabase } from "./open-database.ts";
import { conversationOfRecord, entryOfRecord, profileOfRecord } from "./records.ts";
import { storeErrorOf } from "./store-error-of.ts";
import { isWhole, makeWhole, withHeldOnly } from "./whole-history.ts";
import { writeChanges } from "./write-changes.ts";

/**
 * Opens the local store of an account in this browser, made or upgraded as needed.
 *
 * @throws StoreError
 */
export async function openIndexedDbStore(account: string, options: OpenOptions = {}): Promise<YieldingStore> {
  return new IndexedDbStore(await openDatabase(account, options));
}

/**
 * The same, if there is one: undefined if not, and none is made.
 *
 * @throws StoreError
 */
export async function openExistingStore(account: string): Promise<YieldingStore | undefined> {
  const database = await openExistingDatabase(account);
  return database && new IndexedDbStore(database);
}

class IndexedDbStore implements YieldingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  claim(): Promise<number> {
    return this.#claim((newest) => newest + 1);
  }

  generation(): Promise<number> {
    return typed(async () => (await this.#database.get("owner", generationKey)) ?? 0);
  }

  claimAfter(known: number): Promise<number | undefined> {
    return this.#claim((newest) => (newest === known ? newest + 1 : undefined));
  }

  async load(): Promise<StoredState> {
    if (await typed(() => isWhole(this.#database))) return this.#load();
    try {
      await typed(() => makeWhole(this.#database));
      return this.#load();
    } catch (error) {
      if (!isFull(error)) throw error;
      return this.#loadHeldOnly();
    }
  }

  /** Nothing can be put right for now. */
  async #loadHeldOnly(): Promise<StoredState> {
    const state = await this.#load();
    const keys = await typed(() => this.#database.getAllKeys("entries"));
    const changed = new Map(
      withHeldOnly(state.conversations, keys).map((conversation) => [conversation.id, conversation]),
    );
    return { ...state, conversations: state.conversations.map((other) => changed.get(other.id) ?? other) };
  }

  #load(): Promise<StoredState> {
    return typed(async () => {
      const stores = ["meta", "conversations", "profiles", "outbox", "links", "drafts", "confirmedDrafts"] as const;
      const transaction = this.#database.transaction(stores);
      const drafts = transaction.objectStore("drafts");
      const [meta, conversations, profiles, outbox, links, confirmedDrafts, draftKeys, draftTexts] = await Promise.all([
        transaction.objectStore("meta").get(metaKey),
        transaction.objectStore("conversations").getAll(),
        transaction.objectStore("profiles").getAll(),
        transaction.objectStore("outbox").index("queue").getAll(),
        transaction.objectStore("links").getAll(),
        transaction.objectStore("confirmedDrafts").getAll(),
        drafts.getAllKeys(),
        drafts.getAll(),
      ]);
      return {
        meta,
        conversations: conversations.map(conversationOfRecord),
        profiles: profiles.map(profileOfRecord),
        outbox,
        links,
        drafts: draftKeys.map((conversation, index) => ({ conversation, text: draftTexts[index] ?? "" })),
        confirmedDrafts,
      };
    });
  }

  entries(conversation: string, from: number, to: number): Promise<readonly Entry[]> {
    return typed(async () => {
      if (to < from) return [];
      const run = IDBKeyRange.bound([conversation, from], [conversation, to]);
      return (await this.#database.getAll("entries", run)).map(entryOfRecord);
    });
  }

  entriesById(conversation: string, ids: readonly string[]): Promise<readonly Entry[]> {
    return typed(async () => {
      const index = this.#database.transaction("entries").store.index("id");
      const records = await Promise.all([...new Set(ids)].map((id) => index.get([conversation, id])));
      return records.flatMap((record) => (record === undefined ? [] : [entryOfRecord(record)]));
    });
  }

  disappearing(most: number): Promise<readonly Entry[]> {
    return typed(async () =>
      (await this.#database.getAllFromIndex("entries", "disappearsAt", undefined, most)).map(entryOfRecord),
    );
  }

  picture(conversation: string): Promise<StoredPicture | undefined> {
    return typed(() => this.#database.get("pictures", conversation));
  }

  async commit(generation: Generation, changes: readonly StoreChange[], durability: Durability): Promise<void> {
    const givenUp = givenUpIn(changes);
    if (generation === "none" && givenUp === undefined) throw new StaleOwnerError("nobody owns the store");
    try {
      await typed(() => writeChanges(this.#database, generation, changes, durability));
    } catch (error) {
      if (givenUp === undefined || !isFull(error)) throw error;
      await typed(() => giveUpHistory(this.#database, generation, givenUp));
    }
  }

  async close(): Promise<void> {
    // The platform lets transactions under way come to their end.
    this.#database.close();
  }

  /** @param next the generation after the newest; undefined to leave that the owner's */
  #claim<Next extends number | undefined>(next: (newest: number) => Next): Promise<Next> {
    return typed(async () => {
      // Relaxed: a power cut that took a generation back would have ended its owner too.
      const transaction = this.#database.transaction("owner", "readwrite", { durability: "relaxed" });
      return committed(transaction, async () => {
        const generation = next((await transaction.store.get(generationKey)) ?? 0);
        if (generation !== undefined) await transaction.store.put(generation, generationKey);
        transaction.commit();
        return generation;
      });
    });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.kind === "full";
}

/** Runs an operation; whatever the platform throws becomes a StoreError. */
async function typed<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (thrown) {
    if (thrown instanceof StaleOwnerError || thrown instanceof StoreError) throw thrown;
    throw storeErrorOf(thrown);
  }
}
