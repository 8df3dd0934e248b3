import type { ClientStore } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import { isFailure, persistently } from "./persistently.ts";

/** How often a device without any room is asked whether there is some now. */
const ASK_EVERY_MS = 5_000;

export interface OwnershipHooks {
  /** The store is ours after all. */
  claimed(generation: number): void;
  /** It cannot be had. */
  lost(): void;
}

/** Gets the local store for an engine. That is a write, and so may have to wait for room. */
export class Ownership {
  readonly #store: ClientStore;
  readonly #clock: Pick<Clock, "after">;
  readonly #hooks: OwnershipHooks;
  #stopTimer: (() => void) | undefined;
  #asking = false;
  #over = false;

  constructor(store: ClientStore, clock: Pick<Clock, "after">, hooks: OwnershipHooks) {
    this.#store = store;
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** Whether it waits for room. */
  get waits(): boolean {
    return this.#stopTimer !== undefined;
  }

  /** Undefined where there is no room: then it is asked for until `stop`. */
  async claim(): Promise<number | undefined> {
    try {
      return await persistently(() => this.#store.claim());
    } catch (error) {
      if (this.#over || !isFailure(error, "full")) throw error;
      this.#stopTimer = undefined;
      this.starve();
      return undefined;
    }
  }

  /** There is no room any more: asks until there is some. */
  starve(): void {
    if (!this.#over && !this.waits) this.#stopTimer = this.#clock.after(ASK_EVERY_MS, () => this.hurry());
  }

  /** Asks now, if it waits. */
  hurry(): void {
    if (!this.waits || this.#asking) return;
    this.#asking = true;
    void this.#ask();
  }

  /** Does not wait any longer. */
  stop(): void {
    this.#over = true;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  async #ask(): Promise<void> {
    this.#stopTimer?.();
    try {
      const generation = await this.claim();
      if (generation === undefined || this.#over) return;
      // It may have to wait again.
      this.#stopTimer = undefined;
      this.#hooks.claimed(generation);
    } catch {
      if (this.#over) return;
      this.stop();
      this.#hooks.lost();
    } finally {
      this.#asking = false;
    }
  }
}
