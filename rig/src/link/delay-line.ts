interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** Does things in the order in which they were asked for, each after its delay. */
export class DelayLine {
  readonly #waiting: Due[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  add(delayMs: number, run: () => void): void {
    if (delayMs === 0 && this.#waiting.length === 0) run();
    else {
      this.#waiting.push({ at: performance.now() + delayMs, run });
      this.#schedule();
    }
  }

  clear(): void {
    this.#waiting.length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const [next] = this.#waiting;
    if (this.#timer !== undefined || next === undefined) return;
    this.#timer = setTimeout(() => this.#runDue(), Math.max(0, next.at - performance.now()));
  }

  #runDue(): void {
    this.#timer = undefined;
    for (const now = performance.now(); (this.#waiting[0]?.at ?? Number.POSITIVE_INFINITY) <= now; ) {
      this.#waiting.shift()?.run();
    }
    this.#schedule();
  }
}
