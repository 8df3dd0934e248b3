/** Time as a port: the simulator runs it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after at least `delayMs`; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void;
}
