import type { Clock } from "../ports/clock.ts";

/** A device may be off by this much before the server's clock is believed instead: messages take time, and seconds are not shown. */
const TOLERATED_MS = 2 * 60_000;

/** What people are shown of when something was written, on a device whose clock may be wrong: by how much, the server told last. */
export class CorrectedTime {
  readonly #clock: Pick<Clock, "now">;
  #offsetMs = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  now(): number {
    return this.of(this.#clock.now());
  }

  /** @param at by the clock of the device */
  of(at: number): number {
    return at + this.#offsetMs;
  }

  /** @param serverTime now, as the server sees it */
  told(serverTime: number): void {
    const offsetMs = serverTime - this.#clock.now();
    this.#offsetMs = Math.abs(offsetMs) > TOLERATED_MS ? offsetMs : 0;
  }
}
