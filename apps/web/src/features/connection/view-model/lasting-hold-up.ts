import type { Clock, HoldUp } from "@parley/client";

/** A server that is only slow for a moment is not worth a word. */
const LASTS_AFTER_MS = 3_000;
/** A server that limits takes some, then puts off again: shorter pauses than this do not end it. */
const OVER_AFTER_MS = 1_000;

/** A hold-up, once it has lasted. */
export class LastingHoldUp {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #current: HoldUp | undefined;
  #lasts = false;
  #shown: HoldUp | undefined;
  #stopBeginning: (() => void) | undefined;
  #stopEnding: (() => void) | undefined;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get shown(): HoldUp | undefined {
    return this.#shown;
  }

  see(holdUp: HoldUp | undefined): void {
    if (holdUp === this.#current) return;
    this.#current = holdUp;
    if (holdUp === undefined) {
      this.#stopEnding = this.#clock.after(OVER_AFTER_MS, () => this.#end());
      return;
    }
    this.#stopEnding?.();
    this.#stopBeginning ??= this.#clock.after(LASTS_AFTER_MS, () => this.#begin());
    this.#show();
  }

  dispose(): void {
    this.#stopBeginning?.();
    this.#stopEnding?.();
  }

  #begin(): void {
    this.#lasts = true;
    this.#show();
  }

  #end(): void {
    this.#stopBeginning?.();
    this.#stopBeginning = undefined;
    this.#lasts = false;
    this.#set(undefined);
  }

  #show(): void {
    if (this.#lasts && this.#current !== undefined) this.#set(this.#current);
  }

  #set(shown: HoldUp | undefined): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changed();
  }
}
