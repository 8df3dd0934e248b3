/** The time of the past that is being made: it stands still until it is set. */
export class DemoClock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  set(now: number): void {
    this.#now = now;
  }

  /** Nothing waits while the past is made. */
  after(): () => void {
    throw new Error("The demo's clock has no timers.");
  }
}
