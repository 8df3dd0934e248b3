const LEAST_CAP_MS = 1_000;
const CAP_MS = 30_000;

/** How long a device that lost its server waits, as the engine does: 0 to 1 s, then up to as long as it has waited already, with full jitter. */
export class Backoff {
  #waitedMs = 0;

  /** The next wait, in milliseconds. */
  next(): number {
    const delayMs = Math.random() * Math.min(CAP_MS, Math.max(LEAST_CAP_MS, this.#waitedMs));
    this.#waitedMs += delayMs;
    return delayMs;
  }

  /** The server is there. */
  reset(): void {
    this.#waitedMs = 0;
  }
}
