import { type Durability, StaleOwnerError, type StoreChange } from "@parley/client";
import { StoredImage } from "./stored-image.ts";

/** A real platform writes relaxed commits out by itself sooner or later; here the oldest, beyond this many. */
const RELAXED_COMMITS_HELD = 1_000;

/**
 * What outlives a process, in memory. Several stores may be open on one disk, as several owners on one database.
 *
 * A strict commit is safe at once, and with it every commit before it. Relaxed commits since then are safe from a process that dies,
 * but a crash of the machine may take any number of the newest ones.
 */
export class MemoryDisk {
  #current = new StoredImage();
  #synced = new StoredImage();
  #relaxed: (readonly StoreChange[])[] = [];
  #generation = 0;
  #life = 0;

  /** Changes with every crash: whoever remembers another one is dead. */
  get life(): number {
    return this.#life;
  }

  /** How many commits a crash could lose. */
  get relaxedCommits(): number {
    return this.#relaxed.length;
  }

  get image(): StoredImage {
    return this.#current;
  }

  claim(): number {
    this.#generation += 1;
    return this.#generation;
  }

  commit(generation: number, changes: readonly StoreChange[], durability: Durability): void {
    if (generation !== this.#generation) throw new StaleOwnerError(`generation ${generation} is not the owner's`);
    const batch = [...changes];
    this.#current.apply(batch);
    this.#relaxed.push(batch);
    this.#sync(durability === "strict" ? 0 : RELAXED_COMMITS_HELD);
  }

  /** Ends every store that is open: their promises never settle. Keeps the first `keepRelaxed` of the commits that were not safe. */
  crash({ keepRelaxed }: { readonly keepRelaxed: number }): void {
    this.#life += 1;
    this.#relaxed.length = Math.min(keepRelaxed, this.#relaxed.length);
    this.#sync(0);
    this.#current = this.#synced.copy();
  }

  #sync(held: number): void {
    while (this.#relaxed.length > held) this.#synced.apply(this.#relaxed.shift() ?? []);
  }
}
