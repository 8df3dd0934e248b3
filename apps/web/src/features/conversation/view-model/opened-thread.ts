import type { ConversationView, ThreadPlace, TimelineRow } from "@parley/client";

/** A thread that somebody has opened. */
export interface OpenedThread extends ThreadPlace {
  /** Whether there was one: if not there is nothing to wait for. */
  readonly begun: boolean;
}

/** A thread that this device does not know: nobody has begun it, or it was never looked at. */
export function newThread(id: string, place: ThreadPlace, parent: ConversationView): ConversationView {
  const { conversation, root } = place;
  return {
    ...parent,
    id,
    kind: "thread",
    title: "",
    newest: undefined,
    unread: 0,
    mentions: 0,
    typing: [],
    draft: "",
    thread: { conversation, root, following: false, waiting: 0 },
  };
}

/** The message that it answers stands above it: that it was begun says nothing more. */
export function withoutBeginning(rows: readonly TimelineRow[]): readonly TimelineRow[] {
  return rows.filter((row) => row.kind !== "system" || row.what.kind !== "created");
}
