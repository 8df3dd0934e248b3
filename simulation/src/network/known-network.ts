import type { Network } from "@parley/client";
import type { Process } from "../time/process.ts";

/** What a device believes of its network. */
export class KnownNetwork {
  readonly #returnListeners = new Set<() => void>();
  readonly #lossListeners = new Set<() => void>();
  #online = true;

  /** As a process of the device is told. */
  of(process: Process): Network {
    const toldTo = (listeners: Set<() => void>) => (listener: () => void) => {
      const tell = () => void process.after(0, listener);
      listeners.add(tell);
      return () => void listeners.delete(tell);
    };
    return {
      online: () => this.#online,
      onReturn: toldTo(this.#returnListeners),
      onLoss: toldTo(this.#lossListeners),
    };
  }

  lost(): void {
    if (!this.#online) return;
    this.#online = false;
    for (const tell of [...this.#lossListeners]) tell();
  }

  returned(): void {
    if (this.#online) return;
    this.#online = true;
    for (const tell of [...this.#returnListeners]) tell();
  }
}
