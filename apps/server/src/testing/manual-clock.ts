import type { Clock } from "../connection/clock.ts";

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that tests move. What passes and what it shows differ once it jumps. */
export class ManualClock implements Clock {
  #elapsed = 1_000_000;
  #offsetMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#elapsed + this.#offsetMs;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Sets the date on or back, while no time passes. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, delayMs), task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass; what falls due runs in order, and promises settle in between. */
  async advance(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    await settle();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers.delete(next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.task();
      await settle();
    }
    this.#elapsed = until;
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Lets everything that is ready run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
