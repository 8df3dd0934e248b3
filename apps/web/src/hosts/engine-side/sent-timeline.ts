import type { Timeline, TimelineView } from "@parley/client";
import { patchOf } from "../protocol/list-patch.ts";
import type { TimelinePatch } from "../protocol/messages.ts";

/** A timeline that one tab has open, and what the tab was told of it. */
export class SentTimeline {
  readonly timeline: Timeline;
  readonly #number: number;
  readonly #stop: () => void;
  #sent: TimelineView | undefined;

  constructor(number: number, timeline: Timeline, changed: () => void) {
    this.#number = number;
    this.timeline = timeline;
    this.#stop = timeline.subscribe(changed);
  }

  /** What changed since the last call; undefined if nothing did. */
  patch(): TimelinePatch | undefined {
    const before = this.#sent;
    const after = this.timeline.get();
    if (after === before) return undefined;
    this.#sent = after;
    const { rows, members, ...view } = after;
    const patch = patchOf(before?.rows ?? [], rows);
    return {
      timeline: this.#number,
      view,
      ...(patch === undefined ? {} : { rows: patch }),
      ...(members === before?.members ? {} : { members }),
    };
  }

  close(): void {
    this.#stop();
    this.timeline.close();
  }
}
