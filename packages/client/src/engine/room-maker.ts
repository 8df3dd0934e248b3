import { type Eviction, keptOfEach, nextEviction } from "../core/eviction.ts";
import type { ClientStore, Generation, StoreChange } from "../ports/client-store.ts";
import type { Model } from "./model.ts";
import { persistently } from "./persistently.ts";
import type { Windows } from "./windows.ts";

/** How many slices are given up before a commit is tried again. */
const SLICES_AT_ONCE = 4;

/** Makes room on a full device out of what the server has: pictures first, then old history. The outbox is never touched. */
export class RoomMaker {
  readonly #model: Model;
  readonly #windows: Windows;
  readonly #store: ClientStore;

  constructor(model: Model, windows: Windows, store: ClientStore) {
    this.#model = model;
    this.#windows = windows;
    this.#store = store;
  }

  /** The model must be what is stored. False if there is nothing that could be given up. Rejects as commits do. */
  async make(generation: Generation): Promise<boolean> {
    if (await this.#giveUpPictures(generation)) return true;
    for (const newest of keptOfEach) {
      if (await this.#giveUpSlices(generation, newest)) return true;
    }
    return false;
  }

  /** All at once: they are few, small, and fetched again when they are drawn. */
  async #giveUpPictures(generation: Generation): Promise<boolean> {
    const kept: StoreChange[] = [];
    for (const { stored } of this.#model.conversations.values()) {
      const picture =
        (stored.state?.picture ?? "") !== "" && (await persistently(() => this.#store.picture(stored.id)));
      if (picture) kept.push({ kind: "forget-picture", conversation: stored.id });
    }
    if (kept.length > 0) await persistently(() => this.#store.commit(generation, kept, "relaxed"));
    return kept.length > 0;
  }

  async #giveUpSlices(generation: Generation, newest: number): Promise<boolean> {
    for (let made = 0; made < SLICES_AT_ONCE; made++) {
      const stored = [...this.#model.conversations.values()].map((conversation) => conversation.stored);
      const eviction = nextEviction(stored, (id) => this.#windows.shown(id), newest);
      if (eviction === undefined) return made > 0;
      await this.#giveUp(generation, eviction);
    }
    return true;
  }

  async #giveUp(generation: Generation, { conversation, run }: Eviction): Promise<void> {
    const changes: StoreChange[] = [
      { kind: "forget-entries", conversation: conversation.id, from: run.from, to: run.to },
      { kind: "conversation", conversation },
    ];
    await persistently(() => this.#store.commit(generation, changes, "relaxed"));
    const held = this.#model.conversations.get(conversation.id);
    if (held !== undefined) held.stored = conversation;
  }
}
