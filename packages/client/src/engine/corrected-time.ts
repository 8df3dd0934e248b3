import type { ClockError } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";

/** A device may be off by this much before the server's clock is believed instead: messages take time, and seconds are not shown. */
const TOLERATED_MS = 2 * 60_000;

/** What people are shown of when something was written, on a device whose clock may be wrong: by how much, the server told last. */
export class CorrectedTime {
  readonly #clock: Pick<Clock, "now">;
  #error: ClockError | undefined;
  /** By how much, exactly, as far as it is known. */
  #offsetMs = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** Undefined while the clock is believed. */
  get error(): ClockError | undefined {
    return this.#error;
  }

  now(): number {
    return this.of(this.#clock.now());
  }

  /** The server's clock, to the second: what is promised to be gone by a time is not there for minutes longer. */
  serverNow(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** @param at by the clock of the device */
  of(at: number): number {
    return at + (this.#error?.offsetMs ?? 0);
  }

  /** By the clock of the device, when something is that has this time on the server. */
  onDevice(at: number): number {
    return at - this.of(0);
  }

  /** @param serverTime now, as the server sees it */
  told(serverTime: number): void {
    const foundAt = this.#clock.now();
    const offsetMs = serverTime - foundAt;
    this.#offsetMs = offsetMs;
    this.#error = Math.abs(offsetMs) > TOLERATED_MS ? { offsetMs, foundAt } : undefined;
  }

  /** What was found out before a restart. A clock that has gone back since was set, and is believed until the server says otherwise. */
  recall(error: ClockError | undefined): void {
    const isSet = error !== undefined && this.#clock.now() < error.foundAt - TOLERATED_MS;
    this.#error = isSet ? undefined : error;
    this.#offsetMs = this.#error?.offsetMs ?? 0;
  }
}
