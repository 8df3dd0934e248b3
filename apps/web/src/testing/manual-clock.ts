import type { Clock } from "@parley/client";

/** A clock that tests move. */
export class ManualClock implements Clock {
  #elapsed = 0;
  /** Of the device's clock. */
  #offset = Date.UTC(2026, 2, 18, 12, 0);
  readonly #timers = new Set<{ readonly at: number; readonly task: () => void }>();

  now(): number {
    return this.#elapsed + this.#offset;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Sets the device's clock; the other one goes on. */
  setForward(ms: number): void {
    this.#offset += ms;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#elapsed + delayMs, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Runs what falls due, in order. */
  advance(ms: number): void {
    const until = this.#elapsed + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers.delete(next);
      this.#elapsed = next.at;
      next.task();
    }
    this.#elapsed = until;
  }

  #next(until: number) {
    return [...this.#timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
  }
}
