import type { ConversationHeader } from "./conversation-header.ts";
import type { ConversationTimer } from "./conversation-timer.ts";
import type { PinnedMessage } from "./pinned-messages.ts";
import type { QuoteItem } from "./quote-items.ts";
import type { TimelineItem } from "./timeline-item.ts";
import type { LoadState } from "./timeline-loading.ts";

/** An open conversation, ready to draw. */
export interface ConversationSnapshot {
  /** Undefined while it is not among the conversations of this device. */
  readonly header: ConversationHeader | undefined;
  readonly loaded: boolean;
  readonly items: readonly TimelineItem[];
  readonly atOldest: boolean;
  readonly atNewest: boolean;
  readonly older: LoadState;
  readonly newer: LoadState;
  readonly unread: number;
  /** Those of the unread that mention oneself. */
  readonly mentions: number;
  /** "Ana is typing…" */
  readonly typing: string;
  readonly writable: boolean;
  /** Of a thread: whether what is sent next is sent to its conversation, too. */
  readonly alsoSends: boolean;
  /** Of a thread: whether one is told of it. */
  readonly following: boolean;
  /** A message to go to and point out; another object each time. */
  readonly pointed: { readonly id: string; readonly focus: boolean } | undefined;
  /** What is unread begins below what is in view. */
  readonly behindUnread: boolean;
  /** The row to begin at, and where; another object where that is to be gone to now. */
  readonly begin: BeginAt;
  /** The message that what is being written answers. */
  readonly answering: QuoteItem | undefined;
  /** Messages that are pinned in it, the one pinned last first. */
  readonly pinned: readonly PinnedMessage[];
  /** How many messages of one's own wait to be sent here. */
  readonly scheduled: number;
  /** After how long messages disappear. */
  readonly timer: ConversationTimer;
}

export interface BeginAt {
  readonly key: string;
  /** In pixels below the upper edge; undefined for where what is unread begins. */
  readonly top?: number | undefined;
}

/** So that the views are not drawn again for a change elsewhere. */
export function sameParts(one: ConversationSnapshot, other: ConversationSnapshot): boolean {
  return (Object.keys(other) as (keyof ConversationSnapshot)[]).every((part) => one[part] === other[part]);
}
