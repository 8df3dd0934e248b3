import type { Clock } from "../ports/clock.ts";

/** For each millisecond of telling the views, so many pass before the next time, unless somebody waits for it. */
const REST = 3;
/** Views are never behind by more than this. */
const LONGEST_REST_MS = 100;

/** Keeps the making of views from taking more than its share of the time while much arrives: what changes meanwhile is told together. */
export class TellingPace {
  readonly #clock: Clock;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long to wait before the next time; 0 for not at all. */
  get restMs(): number {
    return Math.max(0, this.#restsUntil - this.#clock.elapsed());
  }

  run(task: () => void): void {
    const began = this.#clock.elapsed();
    task();
    const ended = this.#clock.elapsed();
    this.#restsUntil = ended + Math.min(LONGEST_REST_MS, REST * (ended - began));
  }
}
