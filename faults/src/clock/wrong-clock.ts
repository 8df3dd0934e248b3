import { systemClock } from "@parley/cli/ports";
import type { Clock } from "@parley/client";

/** The clock of a device whose date is wrong, by what may change at any moment. */
export class WrongClock implements Clock {
  offsetMs: number;

  constructor(offsetMs: number) {
    this.offsetMs = offsetMs;
  }

  now(): number {
    return systemClock.now() + this.offsetMs;
  }

  elapsed(): number {
    return systemClock.elapsed();
  }

  after(delayMs: number, task: () => void): () => void {
    return systemClock.after(delayMs, task);
  }
}
