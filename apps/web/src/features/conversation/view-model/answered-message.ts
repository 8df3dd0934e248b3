import { type QuoteView, quoteOfRow, type Timeline } from "@parley/client";
import type { ComposerViewModel } from "./composer-view-model.ts";

/** The message that a composer's text answers, as it is now: the engine is told which one it is, and tells what became of it. */
export class AnsweredMessage {
  readonly #timeline: Timeline;
  readonly #composer: ComposerViewModel;
  readonly #changed: () => void;
  readonly #stop: () => void;
  #named: string | undefined;
  /** Until the engine tells it. */
  #meanwhile: QuoteView | undefined;

  /** @param changed another message is answered, or none any more */
  constructor(timeline: Timeline, composer: ComposerViewModel, changed: () => void) {
    this.#timeline = timeline;
    this.#composer = composer;
    this.#changed = changed;
    this.#stop = composer.subscribe(() => {
      if (this.#follow()) this.#changed();
    });
    this.#follow();
  }

  get quote(): QuoteView | undefined {
    if (this.#named === undefined) return undefined;
    const told = this.#timeline.get().answering;
    return told?.id === this.#named ? told : this.#meanwhile;
  }

  dispose(): void {
    this.#stop();
  }

  #follow(): boolean {
    const { replyTo } = this.#composer.get();
    if (replyTo === this.#named) return false;
    this.#named = replyTo;
    this.#meanwhile = replyTo === undefined ? undefined : this.#onScreen(replyTo);
    // Without an engine there is nobody to tell; the next one is told again.
    this.#timeline.answer(replyTo).catch(() => undefined);
    return true;
  }

  #onScreen(id: string): QuoteView {
    const row = this.#timeline.get().rows.find((one) => one.id === id);
    return row?.kind === "message" ? quoteOfRow(row) : { id, ordinal: undefined, said: { kind: "unknown" } };
  }
}
