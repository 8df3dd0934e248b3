import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";

const FLUSH_EVERY_MS = 1_000;

/** Lets what is kept on the server go out at most once a second, and again by itself when more of it is due. */
export class FlushPace {
  readonly #clock: Clock;
  readonly #again: () => void;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  /** @param again makes the engine flush once more */
  constructor(clock: Clock, again: () => void) {
    this.#clock = clock;
    this.#again = again;
  }

  /** Whether it is time for what is due then; if not yet, the engine comes back. */
  isTimeFor(dueAt: number, batch: Batch): boolean {
    const now = this.#clock.elapsed();
    const at = Math.max(this.#flushedAt + FLUSH_EVERY_MS, dueAt);
    if (at > now) batch.after(() => this.#setTimer(at - now));
    return at <= now;
  }

  flushed(batch: Batch): void {
    this.#flushedAt = this.#clock.elapsed();
    batch.after(() => this.#setTimer(FLUSH_EVERY_MS));
  }

  /** The socket closed. */
  lost(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #setTimer(delayMs: number): void {
    this.lost();
    this.#cancelTimer = this.#clock.after(delayMs, () => {
      this.#cancelTimer = undefined;
      this.#again();
    });
  }
}
