import type { Clock } from "./clock.ts";

/**
 * Does one piece of work after the other, each in a turn of its own, so that what one asks for in a burst does not keep everybody else
 * waiting until all of it is done.
 */
export class Pace {
  readonly #clock: Pick<Clock, "after">;
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy = true;
    try {
      return await work();
    } finally {
      // Also when nothing waits: what arrived together with this is only now being read.
      this.#clock.after(0, () => this.#next());
    }
  }

  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next();
  }
}
