import type { Engine } from "@parley/client";

/** Says that a person has seen all of a conversation. It waits until this device knows what is the newest there. */
export function markAllRead(engine: Pick<Engine, "openTimeline" | "markRead">, conversation: string): void {
  const timeline = engine.openTimeline(conversation);
  let stop = () => {};
  const mark = () => {
    const { entryHead } = timeline.get();
    if (entryHead === 0) return;
    engine.markRead(conversation, entryHead);
    stop();
    timeline.close();
  };
  stop = timeline.subscribe(mark);
  mark();
}
