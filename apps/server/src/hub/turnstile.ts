import type { Clock } from "../connection/clock.ts";

/** When those who entered in one turn of the loop have taken this long, whoever is next enters in another. */
const SLICE_MS = 1;

/** Lets a few in at a time, in the order of their coming, so that a crowd does not keep others from being served in between. */
export class Turnstile {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #free: number;
  /** When the first one entered in this turn of the loop; undefined while nobody did. */
  #turnBegan: number | undefined;

  /** @param atOnce how many may be inside */
  constructor(clock: Clock, atOnce: number) {
    this.#clock = clock;
    this.#free = atOnce;
  }

  /** Whether somebody waits to be let in. */
  get crowded(): boolean {
    return this.#waiting.length > 0;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The next one enters in a turn of its own, also when nobody waits yet: who comes with the same crowd is only now being heard. */
  #leave(): void {
    this.#clock.after(0, () => this.#next());
  }

  #next(): void {
    if (this.#turnIsOver()) {
      this.#leave();
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }

  #turnIsOver(): boolean {
    const now = this.#clock.elapsed();
    if (this.#turnBegan !== undefined) return now - this.#turnBegan > SLICE_MS;
    this.#turnBegan = now;
    this.#clock.after(0, () => {
      this.#turnBegan = undefined;
    });
    return false;
  }
}
