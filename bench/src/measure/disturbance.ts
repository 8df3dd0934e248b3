import { readFileSync } from "node:fs";
import type { ProcessorClock } from "./processor-clock.ts";
import { busySeconds } from "./work.ts";

const US_PER_S = 1_000_000;

/** Watches how much of the machine is used by anything but the processes that belong to a measurement. */
export class Disturbance {
  readonly #processors: ProcessorClock;
  readonly #pids: readonly number[];
  readonly #began = performance.now();
  readonly #others: number;

  constructor(processors: ProcessorClock, pids: readonly number[]) {
    this.#processors = processors;
    this.#pids = pids;
    this.#others = this.#othersSeconds();
  }

  /** Cores that others have used since it began; 1 is one of them all the time. */
  cores(): number {
    const seconds = (performance.now() - this.#began) / 1_000;
    return Math.max(0, this.#othersSeconds() - this.#others) / seconds;
  }

  #othersSeconds(): number {
    const own = this.#pids.reduce((sum, pid) => sum + this.#processors.read(pid), 0);
    return busySeconds(readFileSync("/proc/stat", "utf8")) - own / US_PER_S;
  }
}
