import type { Clock } from "./clock.ts";

/**
 * Lets each caller begin one thing in a turn of the event loop, so that what one asks for in a burst does not keep everybody else waiting
 * until all of it is done. Nothing is remembered of callers at rest.
 */
export class Pace {
  readonly #clock: Pick<Clock, "after">;
  /** Those who wait, by caller; a caller is here from its turn until the next one that it does not use. */
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  /** Resolves at once for a caller at rest, otherwise in a turn of its own after those before it. */
  async turn(caller: string): Promise<void> {
    const waiting = this.#waiting.get(caller);
    if (waiting !== undefined) return new Promise((resolve) => waiting.push(resolve));
    this.#waiting.set(caller, []);
    // Also if nothing waits: what arrived together with this is only now being read.
    this.#clock.after(0, () => this.#next(caller));
  }

  #next(caller: string): void {
    const next = this.#waiting.get(caller)?.shift();
    if (next === undefined) {
      this.#waiting.delete(caller);
      return;
    }
    this.#clock.after(0, () => this.#next(caller));
    next();
  }
}
