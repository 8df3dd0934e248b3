import type { MessageRow } from "./timeline-view.ts";

/** Where a message stands among those that mention oneself. */
export interface MentionsCursor {
  readonly at: number;
  readonly conversation: string;
  readonly ordinal: number;
}

/** Messages of others that mention oneself, by name or with everyone: some of them. */
export interface MentionsView {
  /** The newest first. */
  readonly items: readonly MentionItem[];
  /** Where to go on; undefined where there are no more. */
  readonly next: MentionsCursor | undefined;
  /** False where the server could not be asked: these are among what this device holds, and there may be others. */
  readonly complete: boolean;
}

export interface MentionItem {
  readonly conversation: string;
  /** Of the message. */
  readonly id: string;
  readonly ordinal: number;
  readonly author: string;
  readonly authorName: string;
  readonly at: number;
  readonly body: MessageRow["body"] & { readonly kind: "text" };
  /** It is after what one has read. */
  readonly unread: boolean;
}
