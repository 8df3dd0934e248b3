import type { Clock } from "@parley/client";

/** A server that is only slow for a moment is not worth a word. */
const LASTS_AFTER_MS = 3_000;
/** A server that limits takes some, then puts off again: shorter pauses than this do not end it. */
const OVER_AFTER_MS = 1_000;

/** What holds something up, once it has lasted. */
export class Lasting<Reason> {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #current: Reason | undefined;
  #lasts = false;
  #shown: Reason | undefined;
  #stopBeginning: (() => void) | undefined;
  #stopEnding: (() => void) | undefined;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get shown(): Reason | undefined {
    return this.#shown;
  }

  see(reason: Reason | undefined): void {
    if (reason === this.#current) return;
    this.#current = reason;
    if (reason === undefined) {
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

  #set(shown: Reason | undefined): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changed();
  }
}
