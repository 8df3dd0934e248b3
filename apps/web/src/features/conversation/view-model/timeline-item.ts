import type { Block } from "../../../rich-text/rich-text.ts";
import type { ShownStatus } from "../../../texts/shown-status.ts";
import type { QuoteItem } from "./quote-items.ts";

/** One row of the message list, ready to draw. Keys are stable: a message's is its id from the first paint on. */
export type TimelineItem = MessageItem | NoteItem | HoleItem;

export interface MessageItem {
  readonly kind: "message";
  readonly key: string;
  /** Undefined while pending. */
  readonly ordinal: number | undefined;
  readonly mine: boolean;
  /** Begins a run of messages by one author. */
  readonly first: boolean;
  /** In groups, above the first message of a run by somebody else. */
  readonly author: { readonly name: string; readonly seed: string; readonly shown: boolean };
  readonly time: string;
  readonly fullTime: string;
  /** Its accessible name: "author, time". */
  readonly label: string;
  readonly body:
    | {
        readonly kind: "text";
        /** As it was written. */
        readonly text: string;
        readonly blocks: readonly Block[];
        readonly edited: boolean;
        /** It was written elsewhere and passed on. */
        readonly forwarded: boolean;
        readonly emojiOnly: boolean;
        /** Of a long text: whether only its beginning is shown. */
        readonly fold: "folded" | "unfolded" | undefined;
      }
    | {
        readonly kind: "placeholder";
        readonly text: string;
        /** By somebody who is blocked: it can be shown all the same. */
        readonly showable?: true;
      };
  /** The message that it answers. */
  readonly quote: QuoteItem | undefined;
  readonly reactions: readonly ReactionItem[];
  /** The thread below it. */
  readonly thread: ThreadItem | undefined;
  /** It is among the saved messages. */
  readonly saved: boolean;
  /** When one is to be reminded of it, or that one is now; undefined where one is not to be. */
  readonly reminder: string | undefined;
  /** When it disappears; undefined where it stays. */
  readonly disappears: string | undefined;
  /** Of one's own messages only. */
  readonly status: { readonly kind: ShownStatus; readonly label: string; readonly reason: string } | undefined;
}

/** The line that leads to a thread. */
export interface ThreadItem {
  /** "3 replies" */
  readonly replies: string;
  readonly names: string;
  /** When the last came, date and all; empty where nothing was received. */
  readonly time: string;
  /** In one that is followed. */
  readonly unread: number;
  /** Those of the unread that mention oneself. */
  readonly mentions: number;
}

export interface ReactionItem {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
  /** "👍 by Ana and Bo" */
  readonly label: string;
}

/** A line across the list: a day, the unread divider, what happened to the group, or a boundary. */
export interface NoteItem {
  readonly kind: "day" | "unread" | "system" | "boundary" | "beginning";
  readonly key: string;
  readonly ordinal: number | undefined;
  readonly text: string;
  readonly time: string | undefined;
  /** Of a day, such as 2026-03-04, where its reader is. */
  readonly day?: string;
}

/** Entries that are on their way. */
export interface HoleItem {
  readonly kind: "hole";
  readonly key: string;
  readonly ordinal: undefined;
  readonly text: string;
  /** How much room to keep for them, in lines. */
  readonly lines: number;
}
