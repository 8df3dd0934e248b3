import type { Timeline } from "@parley/client";

export type LoadState = "idle" | "loading" | "failed";

/** Extends the window at its ends, one step at a time for each end. */
export class TimelineLoading {
  readonly #timeline: Timeline;
  readonly #changed: () => void;
  #older: LoadState = "idle";
  #newer: LoadState = "idle";

  constructor(timeline: Timeline, changed: () => void) {
    this.#timeline = timeline;
    this.#changed = changed;
  }

  get older(): LoadState {
    return this.#older;
  }

  get newer(): LoadState {
    return this.#newer;
  }

  /** @param again also after it failed, because a person asked */
  async loadOlder(again: boolean): Promise<void> {
    const { atOldest, loaded } = this.#timeline.get();
    if (!loaded || atOldest || this.#older === "loading" || (this.#older === "failed" && !again)) return;
    this.#setOlder("loading");
    this.#setOlder(await outcome(this.#timeline.loadOlder()));
  }

  async loadNewer(again: boolean): Promise<void> {
    const { atNewest, loaded } = this.#timeline.get();
    if (!loaded || atNewest || this.#newer === "loading" || (this.#newer === "failed" && !again)) return;
    this.#setNewer("loading");
    this.#setNewer(await outcome(this.#timeline.loadNewer()));
  }

  /** The connection is back: what failed may work now. */
  forgetFailures(): void {
    if (this.#older === "failed") this.#setOlder("idle");
    if (this.#newer === "failed") this.#setNewer("idle");
  }

  #setOlder(state: LoadState): void {
    this.#older = state;
    this.#changed();
  }

  #setNewer(state: LoadState): void {
    this.#newer = state;
    this.#changed();
  }
}

function outcome(load: Promise<void>): Promise<LoadState> {
  return load.then(
    () => "idle",
    () => "failed",
  );
}
