import type { Mentioned } from "./mentioned.ts";

/** A tally that has grown beyond this many entries is dropped; it is made again when somebody needs it. */
const MOST_ENTRIES = 65_535;

/**
 * Who wrote which of the newest entries of a room, so that what is unread is counted in memory: one number for each ordinal after `base`, 0 where
 * there is nothing to be counted (system entries, deleted messages), else the author's number, which begins at 1.
 */
export class Tally {
  #base: number;
  #authors: Uint16Array;
  #length = 0;
  /** By ordinal; few messages mention anybody. */
  readonly #mentions = new Map<number, Mentioned>();
  /** Grows with each message that is erased or edited, known or not. */
  changes = 0;

  /** Knows nothing up to `entryHead`, and is to be told of all that comes after it. */
  constructor(entryHead: number) {
    this.#base = entryHead;
    this.#authors = new Uint16Array(16);
  }

  /** The last ordinal that it says nothing about. */
  get base(): number {
    return this.#base;
  }

  /** Whether it must be dropped. */
  get overgrown(): boolean {
    return this.#length > MOST_ENTRIES;
  }

  /** The next entry. */
  append(author: number, mentioned?: Mentioned): void {
    if (this.#length === this.#authors.length) this.#grow(2 * this.#length);
    this.#authors[this.#length++] = author;
    if (mentioned !== undefined) this.#mentions.set(this.#base + this.#length, mentioned);
  }

  /** Entries before those it knows: a run that ends at its base. @param mentions by ordinal */
  prepend(authors: Uint16Array, mentions: ReadonlyMap<number, Mentioned> = new Map()): void {
    const all = new Uint16Array(authors.length + this.#length + 16);
    all.set(authors);
    all.set(this.#authors.subarray(0, this.#length), authors.length);
    this.#authors = all;
    this.#length += authors.length;
    this.#base -= authors.length;
    for (const [ordinal, mentioned] of mentions) this.#mentions.set(ordinal, mentioned);
  }

  erase(ordinal: number): void {
    this.changes++;
    if (ordinal > this.#base) this.#authors[ordinal - this.#base - 1] = 0;
    this.#mentions.delete(ordinal);
  }

  /**
   * A message says something else since `contentRev`.
   *
   * @param mentions whom it mentions now; undefined if the same as before, null for nobody
   */
  edit(ordinal: number, contentRev: number, mentions: Mentioned | null | undefined): void {
    this.changes++;
    if (ordinal <= this.#base) return;
    const before = this.#mentions.get(ordinal);
    const now = mentions === undefined ? before && { ...before, contentRev } : mentions;
    if (now) this.#mentions.set(ordinal, now);
    else this.#mentions.delete(ordinal);
  }

  /** Messages in a run of ordinals, both ends included, that are not by one author, nor by any who is left out, and of whom this holds. */
  countMentions(
    from: number,
    to: number,
    own: number,
    holds: (mentioned: Mentioned) => boolean,
    leftOut?: ReadonlySet<number>,
  ): number {
    const isCounted = (ordinal: number, mentioned: Mentioned | undefined) => {
      const author = this.#authors[ordinal - this.#base - 1] ?? 0;
      return mentioned !== undefined && author !== own && leftOut?.has(author) !== true && holds(mentioned);
    };
    let count = 0;
    if (to - from < this.#mentions.size) {
      for (let ordinal = from; ordinal <= to; ordinal++) if (isCounted(ordinal, this.#mentions.get(ordinal))) count++;
    } else {
      for (const [ordinal, mentioned] of this.#mentions) {
        if (ordinal >= from && ordinal <= to && isCounted(ordinal, mentioned)) count++;
      }
    }
    return count;
  }

  /** Entries in a run of ordinals, both ends included, that are not by one author, nor by any who is left out. The run lies after `base`. */
  count(from: number, to: number, own: number, leftOut?: ReadonlySet<number>): number {
    const authors = this.#authors;
    const end = Math.min(this.#length, to - this.#base);
    let count = 0;
    for (let index = from - this.#base - 1; index < end; index++) {
      const author = authors[index] ?? 0;
      if (author !== 0 && author !== own && leftOut?.has(author) !== true) count++;
    }
    return count;
  }

  #grow(length: number): void {
    const larger = new Uint16Array(length);
    larger.set(this.#authors);
    this.#authors = larger;
  }
}
