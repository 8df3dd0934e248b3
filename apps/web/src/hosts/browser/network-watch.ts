import type { Network } from "@parley/client";

/** Timers that come this late mean that the device slept. */
const SLEPT_MS = 20_000;
const TICK_MS = 5_000;

/**
 * What the browser knows of the network, in a page or a worker. A worker sees no page becoming visible: tabs tell it (`woke`).
 */
export class NetworkWatch implements Network {
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;

  constructor() {
    const woke = () => this.woke();
    globalThis.addEventListener("online", woke);
    let last = Date.now();
    const timer = setInterval(() => {
      const now = Date.now();
      if (now - last > SLEPT_MS) this.woke();
      last = now;
    }, TICK_MS);
    this.#stop = () => {
      globalThis.removeEventListener("online", woke);
      clearInterval(timer);
    };
  }

  online(): boolean {
    return navigator.onLine;
  }

  onReturn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The device woke up, or a person looks at the app again. */
  woke(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  stop(): void {
    this.#stop();
  }
}
