import type { Range } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { ClientStore, Durability, StoreChange, StoredConversation, StoredPicture } from "../ports/client-store.ts";
import { persistently } from "./persistently.ts";

/**
 * What some inputs, processed one after the other, change: one transaction, and what to tell after it. Reads see what the batch has
 * changed so far.
 */
export class Batch {
  /** Conversations whose views may have changed. */
  readonly touched = new Set<string>();
  /** Whether views of all conversations may have changed (names, presence). */
  touchedAll = false;
  /** Somebody waits for the views: they are told with this batch. */
  urgent = false;

  readonly #store: ClientStore;
  readonly #changes: StoreChange[] = [];
  readonly #conversations = new Map<string, StoredConversation>();
  readonly #entries = new Map<string, Map<number, Entry>>();
  readonly #forgotten: { readonly conversation: string; readonly run: Range }[] = [];
  /** Undefined for those that were forgotten. */
  readonly #pictures = new Map<string, StoredPicture | undefined>();
  readonly #after: (() => void)[] = [];
  #durability: Durability = "relaxed";
  #historyForgotten = false;

  constructor(store: ClientStore) {
    this.#store = store;
  }

  put(change: StoreChange, durability: Durability = "relaxed"): void {
    this.#changes.push(change);
    if (durability === "strict") this.#durability = "strict";
  }

  putConversation(conversation: StoredConversation): void {
    this.#conversations.set(conversation.id, conversation);
    this.touched.add(conversation.id);
  }

  putEntries(conversation: string, entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.put({ kind: "entries", entries });
    const staged = this.#entries.get(conversation) ?? new Map<number, Entry>();
    for (const entry of entries) staged.set(entry.ordinal, entry);
    this.#entries.set(conversation, staged);
    this.touched.add(conversation);
  }

  forgetEntries(conversation: string, run: Range): void {
    this.put({ kind: "forget-entries", conversation, from: run.from, to: run.to });
    this.#forgotten.push({ conversation, run });
    for (const ordinal of this.#entries.get(conversation)?.keys() ?? []) {
      if (ordinal >= run.from && ordinal <= run.to) this.#entries.get(conversation)?.delete(ordinal);
    }
  }

  putPicture(picture: StoredPicture): void {
    this.put({ kind: "picture", picture });
    this.#pictures.set(picture.conversation, picture);
  }

  forgetPicture(conversation: string): void {
    this.put({ kind: "forget-picture", conversation });
    this.#pictures.set(conversation, undefined);
  }

  forgetConversation(conversation: string): void {
    this.put({ kind: "forget-conversation", id: conversation });
    this.#pictures.set(conversation, undefined);
    this.#conversations.delete(conversation);
    this.#entries.delete(conversation);
    this.#forgotten.push({ conversation, run: { from: 1, to: Number.POSITIVE_INFINITY } });
    this.touched.add(conversation);
  }

  forgetHistory(): void {
    this.#conversations.clear();
    this.#entries.clear();
    this.#pictures.clear();
    this.#historyForgotten = true;
    this.touchedAll = true;
    this.put({ kind: "forget-history" });
  }

  get isChanged(): boolean {
    return this.#changes.length > 0 || this.#conversations.size > 0;
  }

  /** The same of all conversations. */
  get allStaged(): Iterable<Entry> {
    return [...this.#entries.values()].flatMap((staged) => [...staged.values()]);
  }

  /** Entries that this batch has put. */
  staged(conversation: string): Iterable<Entry> {
    return this.#entries.get(conversation)?.values() ?? [];
  }

  async entries(conversation: string, run: Range): Promise<readonly Entry[]> {
    if (run.to < run.from) return [];
    const stored = this.#historyForgotten
      ? []
      : await persistently(() => this.#store.entries(conversation, run.from, run.to));
    const staged = [...this.staged(conversation)].filter(({ ordinal }) => ordinal >= run.from && ordinal <= run.to);
    return this.#overlaid(conversation, stored, staged).sort((one, other) => one.ordinal - other.ordinal);
  }

  async entriesById(conversation: string, ids: readonly string[]): Promise<readonly Entry[]> {
    if (ids.length === 0) return [];
    const wanted = new Set(ids);
    const staged = [...this.staged(conversation)].filter((entry) => wanted.has(entry.id));
    if (staged.length === wanted.size) return staged;
    const stored = this.#historyForgotten ? [] : await persistently(() => this.#store.entriesById(conversation, ids));
    return this.#overlaid(conversation, stored, staged);
  }

  async picture(conversation: string): Promise<StoredPicture | undefined> {
    if (this.#historyForgotten || this.#pictures.has(conversation)) return this.#pictures.get(conversation);
    return persistently(() => this.#store.picture(conversation));
  }

  /** Runs a task once the batch is committed. */
  after(task: () => void): void {
    this.#after.push(task);
  }

  async commit(generation: number): Promise<void> {
    const changes: StoreChange[] = [...this.#changes];
    for (const conversation of this.#conversations.values()) changes.push({ kind: "conversation", conversation });
    if (changes.length === 0) return;
    await persistently(() => this.#store.commit(generation, changes, this.#durability));
  }

  tell(): void {
    for (const task of this.#after) task();
  }

  #overlaid(conversation: string, stored: readonly Entry[], staged: readonly Entry[]): Entry[] {
    const overlay = this.#entries.get(conversation);
    const valid = stored.filter((entry) => {
      if (overlay?.has(entry.ordinal)) return false;
      return !this.#forgotten.some(
        ({ conversation: where, run }) =>
          where === conversation && entry.ordinal >= run.from && entry.ordinal <= run.to,
      );
    });
    return [...valid, ...staged];
  }
}
