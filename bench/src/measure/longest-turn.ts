const LOOK_EVERY_MS = 1;

/** Watches how long other work of this process has to wait for its turn. */
export class LongestTurn {
  #longestMs = 0;
  #last = performance.now();
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MS);

  /** The longest wait, milliseconds. */
  end(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#longestMs;
  }

  #look(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#last - LOOK_EVERY_MS);
    this.#last = now;
  }
}
