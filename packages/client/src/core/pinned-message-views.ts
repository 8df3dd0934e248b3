import type { Conversation, Entry, Profile } from "@parley/protocol";
import type { PinnedMessageView } from "../api/timeline-view.ts";
import { isLeftOut } from "./account-blocked.ts";
import type { Hidden } from "./account-hidden.ts";
import { nameOf } from "./conversation-view.ts";
import { entryOfPending, foldOntoEntry } from "./fold-pending.ts";
import { mentionViews } from "./mention-views.ts";
import type { Pending } from "./pending.ts";
import { messageBody, shownTime } from "./timeline-rows.ts";

export interface PinnedBasis {
  readonly viewer: string;
  /** With pending changes. */
  readonly state: Conversation | undefined;
  /** Rows held of the pinned messages, by id. */
  readonly rows: ReadonlyMap<string, Entry>;
  /** Ids that the server does not show this viewer. */
  readonly outOfSight: ReadonlySet<string>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly changes: ReadonlyMap<string, readonly Pending[]>;
  /** What waits to be posted may be pinned already. */
  readonly posts: readonly Pending[];
  /** What the viewer deleted for themselves, and whom they block. */
  readonly hidden: Hidden;
}

/** The pinned messages, the one pinned last first. What is deleted, or about to be, is no more. */
export function pinnedMessageViews(basis: PinnedBasis): readonly PinnedMessageView[] {
  const views: PinnedMessageView[] = [];
  for (const id of [...(basis.state?.pinnedMessages ?? [])].reverse()) {
    const view = viewOf(id, basis);
    if (view !== undefined) views.push(view);
  }
  return views;
}

function viewOf(id: string, basis: PinnedBasis): PinnedMessageView | undefined {
  const entry = rowOf(id, basis);
  if (entry !== undefined && isLeftOut(basis.hidden, entry)) return undefined;
  if (entry?.body.case !== "message") {
    const kind = basis.outOfSight.has(id) ? "out-of-sight" : "not-held";
    return { id, ordinal: undefined, authorName: "", mine: false, at: 0, body: { kind } };
  }
  const message = entry.body.value;
  const body = messageBody(message, mentionViews(message, basis.viewer, basis.profiles));
  if (body.kind === "deleted") return undefined;
  return {
    id,
    ordinal: entry.ordinal === 0 ? undefined : entry.ordinal,
    authorName: nameOf(entry.author, basis.profiles),
    mine: entry.author === basis.viewer,
    at: shownTime(entry),
    body,
  };
}

/** With the changes to it that wait. */
function rowOf(id: string, { viewer, rows, changes, posts }: PinnedBasis): Entry | undefined {
  const post = posts.find((pending) => pending.entry.id === id);
  const row = rows.get(id) ?? (post && entryOfPending(post, viewer));
  return row && foldOntoEntry(row, changes.get(id) ?? [], viewer);
}
