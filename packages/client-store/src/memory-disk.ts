import {
  type Durability,
  type Generation,
  StaleOwnerError,
  type StoreChange,
  StoreError,
  type StoreErrorKind,
} from "@parley/client";
import { givenUpIn } from "./given-up.ts";
import { StoredImage } from "./stored-image.ts";

/** A real platform writes relaxed commits out by itself sooner or later; here the oldest, beyond this many. */
const RELAXED_COMMITS_HELD = 1_000;

/** How the next operation of a store fails; undefined if it does not. Asked once for each. */
export type StoreFaults = (operation: "claim" | "read" | "commit") => StoreErrorKind | undefined;

/**
 * What outlives a process, in memory. Several stores may be open on one disk, as several owners on one database.
 *
 * A strict commit is safe at once, and with it every commit before it. Relaxed commits since then are safe from a process that dies,
 * but a crash of the machine may take any number of the newest ones.
 */
export class MemoryDisk {
  /** Fails operations as a platform does: a commit that fails changes nothing. */
  faults: StoreFaults = () => undefined;
  /** How many rows there is room for. A commit that would leave more of them than before, and more than these, is refused. */
  room = Number.POSITIVE_INFINITY;
  #current = new StoredImage();
  #synced = new StoredImage();
  #relaxed: (readonly StoreChange[])[] = [];
  #generation = 0;
  #life = 0;
  #closing = new Set<() => void>();

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

  /** Of the newest owner. */
  get generation(): number {
    return this.#generation;
  }

  claim(): number {
    this.#generation += 1;
    return this.#generation;
  }

  commit(generation: Generation, changes: readonly StoreChange[], durability: Durability): void {
    if (generation !== this.#generation && !(generation === "none" && givenUpIn(changes) !== undefined)) {
      throw new StaleOwnerError(`generation ${generation} is not the owner's`);
    }
    const batch = [...changes];
    this.#write(batch);
    this.#relaxed.push(batch);
    this.#sync(durability === "strict" ? 0 : RELAXED_COMMITS_HELD);
  }

  /** Ends every store that is open: their promises never settle. Keeps the first `keepRelaxed` of the commits that were not safe. */
  crash({ keepRelaxed }: { readonly keepRelaxed: number }): void {
    this.#life += 1;
    this.#closing.clear();
    this.#relaxed.length = Math.min(keepRelaxed, this.#relaxed.length);
    this.#sync(0);
    this.#current = this.#synced.copy();
  }

  /** The platform throws everything away, as browsers do with what they call temporary. Stores that are open are told, and refuse from then on. */
  evict(): void {
    this.#current = new StoredImage();
    this.#synced = new StoredImage();
    this.#relaxed = [];
    this.#generation = 0;
    const told = [...this.#closing];
    this.#closing.clear();
    for (const close of told) close();
  }

  /** @param close called once if the platform closes what is open on this disk */
  opened(close: () => void): void {
    this.#closing.add(close);
  }

  closed(close: () => void): void {
    this.#closing.delete(close);
  }

  #write(batch: readonly StoreChange[]): void {
    if (this.room === Number.POSITIVE_INFINITY) {
      this.#current.apply(batch);
      return;
    }
    const next = this.#current.copy();
    next.apply(batch);
    if (next.rows > this.room && next.rows > this.#current.rows) throw new StoreError("full", "the disk has no room");
    this.#current = next;
  }

  #sync(held: number): void {
    while (this.#relaxed.length > held) this.#synced.apply(this.#relaxed.shift() ?? []);
  }
}
