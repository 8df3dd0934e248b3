import type { Observable } from "@parley/client";

/** A value that its owner sets and views observe. Setting the same value again tells nobody. */
export class ObservedValue<T> implements Observable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(initial: T) {
    this.#value = initial;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  change(changes: Partial<T>): void {
    this.set({ ...this.#value, ...changes });
  }
}
