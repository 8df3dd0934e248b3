import type { Doorkeeper } from "./doorkeeper.ts";

/** Lets a few in at a time, in the order of their coming and each when it is its turn. */
export class Turnstile {
  readonly #doorkeeper: Doorkeeper;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param atOnce how many may be inside */
  constructor(doorkeeper: Doorkeeper, atOnce: number) {
    this.#doorkeeper = doorkeeper;
    this.#free = atOnce;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    const since = this.#doorkeeper.now;
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await this.#doorkeeper.turn(since);
      return await work();
    } finally {
      this.#leave();
      this.#doorkeeper.done();
    }
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
