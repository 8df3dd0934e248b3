import type { Engine, MessageRow, Timeline, TimelineView } from "@parley/client";
import { RowMemory } from "../oracle/row-memory.ts";

/** One open conversation of one engine, as a person looks at it. */
export class Screen {
  readonly conversation: string;
  readonly memory = new RowMemory();
  /** Nothing is on its way to it. */
  settled = false;
  readonly #timeline: Timeline;
  readonly #stop: () => void;

  /** @param drawn called whenever something else is shown */
  constructor(engine: Engine, conversation: string, drawn: (screen: Screen) => void) {
    this.conversation = conversation;
    this.#timeline = engine.openTimeline(conversation);
    this.#stop = this.#timeline.subscribe(() => drawn(this));
  }

  get view(): TimelineView {
    return this.#timeline.get();
  }

  get messages(): MessageRow[] {
    return this.view.rows.filter((row) => row.kind === "message");
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  close(): void {
    this.#stop();
    this.#timeline.close();
  }
}
