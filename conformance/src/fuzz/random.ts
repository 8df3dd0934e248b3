import { uuidV7 } from "@parley/protocol";

/** The beginning of 2024: ids of the fuzzer are as plausible as any. */
const EPOCH_MS = 1_704_067_200_000;
const SPAN_MS = 60_000_000_000;

/** Numbers that follow from a seed alone: the same seed always makes the same session. */
export class Random {
  readonly #salt: Uint8Array;
  #state: number;

  /**
   * @param seed what decides everything
   * @param salt what only ids depend on, so that the same session is new to another account
   */
  constructor(seed: number, salt: string) {
    this.#state = Bun.hash.xxHash32(String(seed)) >>> 0;
    this.#salt = new Bun.CryptoHasher("sha256").update(salt).digest();
  }

  /** A whole number of 32 bits (mulberry32). */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor((this.word() / 2 ** 32) * limit);
  }

  chance(probability: number): boolean {
    return this.word() / 2 ** 32 < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("There is nothing to pick from.");
    return choice;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  id(): string {
    const bytes = this.bytes(10).map((byte, index) => byte ^ (this.#salt[index] ?? 0));
    return uuidV7(EPOCH_MS + this.below(SPAN_MS), bytes);
  }
}
