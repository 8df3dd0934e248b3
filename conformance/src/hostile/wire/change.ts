/** Lets any number of callers wait until something has changed. */
export class Change {
  readonly #waiting = new Set<() => void>();

  happened(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves at the next change, or when the time is up. */
  async within(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
    clearTimeout(timer);
  }
}
