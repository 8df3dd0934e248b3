/**
 * What happened, in order, as one hash: two runs of a seed are the same run exactly if their hashes are. The newest lines are kept for who reads
 * a failure.
 */
export class Trace {
  #hash = 0n;
  #count = 0;
  readonly #now: () => number;
  readonly #kept: string[] = [];
  readonly #keep: number;

  constructor(now: () => number, keep: number) {
    this.#now = now;
    this.#keep = keep;
  }

  add(what: string, bytes?: Uint8Array): void {
    const line = `${this.#now().toFixed(3)} ${what}`;
    this.#hash = hash(line, this.#hash);
    if (bytes !== undefined) this.#hash = hash(bytes, this.#hash);
    this.#count += 1;
    this.#kept.push(line);
    if (this.#kept.length > 2 * this.#keep) this.#kept.splice(0, this.#kept.length - this.#keep);
  }

  get hash(): string {
    return this.#hash.toString(16).padStart(16, "0");
  }

  get length(): number {
    return this.#count;
  }

  newest(): readonly string[] {
    return this.#kept.slice(-this.#keep);
  }
}

function hash(value: string | Uint8Array, seed: bigint): bigint {
  return Bun.hash.wyhash(value, seed);
}
