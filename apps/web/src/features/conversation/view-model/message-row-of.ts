import type { MessageRow, Timeline } from "@parley/client";

/** A message by its id; undefined for what is not a message, or not in the window. */
export function messageRowOf(timeline: Timeline, id: string): MessageRow | undefined {
  const row = timeline.get().rows.find((one) => one.id === id);
  return row?.kind === "message" ? row : undefined;
}
