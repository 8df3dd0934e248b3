import type { Clock, Observable } from "@parley/client";

/** How long sightings are gathered into one mark. */
const BATCH_MS = 200;

/** Turns what was in view while somebody could look into a read mark: up to the greatest ordinal seen. */
export class ReadTracker {
  readonly #attention: Observable<boolean>;
  readonly #clock: Clock;
  readonly #mark: (ordinal: number) => void;
  readonly #stopListening: () => void;
  #inView = 0;
  #marked = Number.POSITIVE_INFINITY;
  #stopBatch: (() => void) | undefined;

  constructor(attention: Observable<boolean>, clock: Clock, mark: (ordinal: number) => void) {
    this.#attention = attention;
    this.#clock = clock;
    this.#mark = mark;
    this.#stopListening = attention.subscribe(() => this.#schedule());
  }

  /** Up to where everything is read, or about to be. */
  get readTo(): number {
    return this.#marked;
  }

  /** The greatest ordinal in view now. */
  get lastInView(): number {
    return this.#inView;
  }

  /** Nothing is marked before. @param read the read mark as it is, so that it is not sent again */
  start(read: number): void {
    this.#marked = read;
    this.#schedule();
  }

  /** Another tab or device read to here. */
  readElsewhere(ordinal: number): void {
    this.#marked = Math.max(this.#marked, ordinal);
  }

  /** @param ordinal the greatest one in view now */
  inView(ordinal: number): void {
    this.#inView = ordinal;
    this.#schedule();
  }

  dispose(): void {
    this.#stopListening();
    this.#stopBatch?.();
  }

  #schedule(): void {
    if (this.#stopBatch !== undefined || !this.#attention.get() || this.#inView <= this.#marked) return;
    this.#stopBatch = this.#clock.after(BATCH_MS, () => {
      this.#stopBatch = undefined;
      if (!this.#attention.get() || this.#inView <= this.#marked) return;
      this.#marked = this.#inView;
      this.#mark(this.#inView);
    });
  }
}
