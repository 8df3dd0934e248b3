import type { Clock, Network } from "@parley/client";

/** Timers that come this late mean that the device, or what runs this, slept. */
const SLEPT_MS = 20_000;
const TICK_MS = 5_000;

/** What the platform tells of its network. */
export interface NetworkSource {
  readonly onLine: () => boolean;
  readonly events: Pick<EventTarget, "addEventListener">;
}

/**
 * What the browser knows of the network, in a page or a worker. A worker sees no page becoming visible: tabs tell it (`woke`).
 */
export class NetworkWatch implements Network {
  readonly #source: NetworkSource;
  readonly #clock: Clock;
  readonly #onReturn = new Set<() => void>();
  readonly #onLoss = new Set<() => void>();

  constructor(source: NetworkSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    source.events.addEventListener("online", this.woke);
    source.events.addEventListener("offline", this.#lost);
    this.#tick();
  }

  online(): boolean {
    return this.#source.onLine();
  }

  onReturn(listener: () => void): () => void {
    return joined(this.#onReturn, listener);
  }

  onLoss(listener: () => void): () => void {
    return joined(this.#onLoss, listener);
  }

  /** The device woke up, or a person looks at the app again. */
  readonly woke = (): void => {
    for (const listener of [...this.#onReturn]) listener();
  };

  readonly #lost = (): void => {
    for (const listener of [...this.#onLoss]) listener();
  };

  /** By the device's clock: the other one may stand still while the device sleeps. */
  #tick(): void {
    const began = this.#clock.now();
    this.#clock.after(TICK_MS, () => {
      if (this.#clock.now() - began > SLEPT_MS) this.woke();
      this.#tick();
    });
  }
}

function joined(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
