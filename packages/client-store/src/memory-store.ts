import type { ClientStore, Durability, StoreChange, StoredState } from "@parley/client";
import type { Entry } from "@parley/protocol";
import type { MemoryDisk } from "./memory-disk.ts";

/** A store on a memory disk. Operations take effect one after the other, in the order of their calls. */
export class MemoryStore implements ClientStore {
  readonly #disk: MemoryDisk;
  readonly #life: number;
  readonly #wait: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** @param wait awaited before each operation takes effect: the time that a real disk takes. */
  constructor(disk: MemoryDisk, wait: () => Promise<void> = () => Promise.resolve()) {
    this.#disk = disk;
    this.#life = disk.life;
    this.#wait = wait;
  }

  claim(): Promise<number> {
    return this.#run(() => this.#disk.claim());
  }

  load(): Promise<StoredState> {
    return this.#run(() => this.#disk.image.state());
  }

  entries(conversation: string, from: number, to: number): Promise<readonly Entry[]> {
    return this.#run(() => this.#disk.image.entries(conversation, from, to));
  }

  entriesById(conversation: string, ids: readonly string[]): Promise<readonly Entry[]> {
    return this.#run(() => this.#disk.image.entriesById(conversation, ids));
  }

  commit(generation: number, changes: readonly StoreChange[], durability: Durability): Promise<void> {
    return this.#run(() => this.#disk.commit(generation, changes, durability));
  }

  async close(): Promise<void> {
    await this.#last;
    this.#closed = true;
  }

  #run<T>(operation: () => T): Promise<T> {
    const result = this.#last.then(async () => {
      await this.#wait();
      if (this.#disk.life !== this.#life) return new Promise<T>(() => undefined);
      if (this.#closed) throw new Error("the store is closed");
      return operation();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}
