import type { ClientStore, StoreChange } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import { isFailure, persistently } from "./persistently.ts";

/** How often a device without any room is asked whether there is some now. */
const ASK_EVERY_MS = 5_000;

export interface OwnershipHooks {
  /** The store is ours after all. */
  claimed(generation: number): void;
  /** It cannot be had: with StaleOwnerError, where it is another's by now. */
  lost(error: unknown): void;
  /** What is stored already, to be written once more. */
  stored(): StoreChange;
}

/** Gets the local store for an engine. That is a write, and so may have to wait for room. */
export class Ownership {
  readonly #store: ClientStore;
  readonly #clock: Pick<Clock, "after">;
  readonly #hooks: OwnershipHooks;
  /** As which owner the store was had last. */
  #generation: number | undefined;
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
      this.#generation = await persistently(() => this.#own());
      return this.#generation;
    } catch (error) {
      if (this.#over || !isFailure(error, "full")) throw error;
      this.#stopTimer = undefined;
      this.starve();
      return undefined;
    }
  }

  /** Who owned it once does not take it from whoever has claimed it since. */
  async #own(): Promise<number> {
    if (this.#generation === undefined) return this.#store.claim();
    await this.#store.commit(this.#generation, [this.#hooks.stored()], "relaxed");
    return this.#generation;
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
    } catch (error) {
      if (this.#over) return;
      this.stop();
      this.#hooks.lost(error);
    } finally {
      this.#asking = false;
    }
  }
}
