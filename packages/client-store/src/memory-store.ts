import {
  type Durability,
  type Generation,
  type StoreChange,
  type StoredPicture,
  type StoredState,
  StoreError,
  type YieldingStore,
} from "@parley/client";
import type { Entry } from "@parley/protocol";
import type { MemoryDisk, StoreFaults } from "./memory-disk.ts";

export interface MemoryStoreOptions {
  /** Awaited before each operation takes effect: the time that a real disk takes. */
  readonly wait?: () => Promise<void>;
  /** The platform closed the store: what was on the disk may be gone. */
  readonly closed?: () => void;
}

/** A store on a memory disk. Operations take effect one after the other, in the order of their calls. */
export class MemoryStore implements YieldingStore {
  readonly #disk: MemoryDisk;
  readonly #life: number;
  readonly #wait: () => Promise<void>;
  readonly #shut: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(disk: MemoryDisk, { wait = () => Promise.resolve(), closed }: MemoryStoreOptions = {}) {
    this.#disk = disk;
    this.#life = disk.life;
    this.#wait = wait;
    this.#shut = () => {
      this.#closed = true;
      closed?.();
    };
    disk.opened(this.#shut);
  }

  claim(): Promise<number> {
    return this.#run("claim", () => this.#disk.claim());
  }

  generation(): Promise<number> {
    return this.#run("read", () => this.#disk.generation);
  }

  claimAfter(known: number): Promise<number | undefined> {
    return this.#run("claim", () => (this.#disk.generation === known ? this.#disk.claim() : undefined));
  }

  load(): Promise<StoredState> {
    return this.#run("read", () => this.#disk.image.state());
  }

  entries(conversation: string, from: number, to: number): Promise<readonly Entry[]> {
    return this.#run("read", () => this.#disk.image.entries(conversation, from, to));
  }

  entriesById(conversation: string, ids: readonly string[]): Promise<readonly Entry[]> {
    return this.#run("read", () => this.#disk.image.entriesById(conversation, ids));
  }

  disappearing(most: number): Promise<readonly Entry[]> {
    return this.#run("read", () => this.#disk.image.disappearing(most));
  }

  picture(conversation: string): Promise<StoredPicture | undefined> {
    return this.#run("read", () => this.#disk.image.picture(conversation));
  }

  commit(generation: Generation, changes: readonly StoreChange[], durability: Durability): Promise<void> {
    return this.#run("commit", () => this.#disk.commit(generation, changes, durability));
  }

  async close(): Promise<void> {
    await this.#last;
    this.#closed = true;
    this.#disk.closed(this.#shut);
  }

  #run<T>(operation: Parameters<StoreFaults>[0], run: () => T): Promise<T> {
    const result = this.#last.then(async () => {
      await this.#wait();
      if (this.#disk.life !== this.#life) return new Promise<T>(() => undefined);
      if (this.#closed) throw new StoreError("closed", "the store is closed");
      const fault = this.#disk.faults(operation);
      if (fault !== undefined) throw new StoreError(fault, `the ${operation} failed on purpose`);
      return run();
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}
