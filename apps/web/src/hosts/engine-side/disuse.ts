import type { Clock } from "@parley/client";

/** Longer than a reload takes, shorter than anybody would wait for a place that nobody uses. */
const UNUSED_AFTER_MS = 5_000;

/** Notices that something has been of no use for a while. It is of none until it is said to be. */
export class Disuse {
  readonly #clock: Pick<Clock, "after">;
  readonly #unused: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Pick<Clock, "after">, unused: () => void) {
    this.#clock = clock;
    this.#unused = unused;
    this.look(false);
  }

  /** To be called whenever it may have changed. */
  look(used: boolean): void {
    if (used) this.stop();
    else this.#cancel ??= this.#clock.after(UNUSED_AFTER_MS, this.#unused);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
