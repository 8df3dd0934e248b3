export interface Clock {
  /** Milliseconds since 1970 by the device's clock, which may be wrong or jump. */
  now(): number;
  /** Milliseconds since some moment; never goes back and never jumps, so pauses and deadlines are measured by it. */
  elapsed(): number;
  /** Runs `task` once after at least `delayMs`; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void;
}
