import type { Stopwatch } from "../limits/stopwatch.ts";

/** Time as a port: the simulator runs it by hand. */
export interface Clock extends Stopwatch {
  /** Milliseconds since 1970, for people and records. It may jump. */
  now(): number;
  /** Runs `task` once after at least `delayMs`; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void;
}
