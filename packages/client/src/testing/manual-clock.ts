import type { Clock } from "../ports/clock.ts";

const START = Date.UTC(2026, 0, 1);

/** A clock that a test moves. */
export class ManualClock implements Clock {
  #elapsed = 0;
  /** Of the device's clock. */
  #offset = START;
  #timers: { readonly at: number; readonly task: () => void }[] = [];

  now(): number {
    return this.#elapsed + this.#offset;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#elapsed + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Time passes for the device's clock alone: timers and the other clock stand still. */
  sleep(ms: number): void {
    this.#offset += ms;
  }

  /** Moves on, running what falls due in order; what runs may settle before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    for (;;) {
      await settled();
      const next = this.#timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.task();
    }
    this.#elapsed = end;
    await settled();
  }
}

/** Lets everything that only waits for promises happen. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
