import type { Clock } from "@parley/client";
import type { Process } from "./process.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The clock that a process sees: wrong by `skewMs`, which may change at any moment. Timers are not: they count the time that its machine was awake. */
export class DeviceClock implements Clock {
  skewMs: number;
  readonly #time: VirtualTime;
  readonly #process: Process;

  constructor(time: VirtualTime, process: Process, skewMs: number) {
    this.#time = time;
    this.#process = process;
    this.skewMs = skewMs;
  }

  now(): number {
    return Math.floor(this.#time.now() + this.skewMs);
  }

  elapsed(): number {
    return this.#process.elapsed();
  }

  after(delayMs: number, task: () => void): () => void {
    return this.#process.after(delayMs, task);
  }
}
