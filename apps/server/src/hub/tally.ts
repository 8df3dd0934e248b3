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
  /** Grows with each message that is erased, known or not. */
  erasures = 0;

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
  append(author: number): void {
    if (this.#length === this.#authors.length) this.#grow(2 * this.#length);
    this.#authors[this.#length++] = author;
  }

  /** Entries before those it knows: a run that ends at its base. */
  prepend(authors: Uint16Array): void {
    const all = new Uint16Array(authors.length + this.#length + 16);
    all.set(authors);
    all.set(this.#authors.subarray(0, this.#length), authors.length);
    this.#authors = all;
    this.#length += authors.length;
    this.#base -= authors.length;
  }

  erase(ordinal: number): void {
    this.erasures++;
    if (ordinal > this.#base) this.#authors[ordinal - this.#base - 1] = 0;
  }

  /** Entries in a run of ordinals, both ends included, that are not by one author. The run lies after `base`. */
  count(from: number, to: number, except: number): number {
    const authors = this.#authors;
    const end = Math.min(this.#length, to - this.#base);
    let count = 0;
    for (let index = from - this.#base - 1; index < end; index++) {
      const author = authors[index];
      if (author !== 0 && author !== except) count++;
    }
    return count;
  }

  #grow(length: number): void {
    const larger = new Uint16Array(length);
    larger.set(this.#authors);
    this.#authors = larger;
  }
}
