import type { MessageRow } from "./timeline-view.ts";

export interface SavedSummary {
  readonly count: number;
  /** Another one whenever something was saved or is no more. */
  readonly version: number;
}

export interface SavedView {
  /** Of all that are saved. */
  readonly count: number;
  /** The one saved last comes first. */
  readonly items: readonly SavedItem[];
}

export interface SavedItem {
  readonly conversation: string;
  /** Of the message. */
  readonly id: string;
  readonly what:
    | {
        readonly kind: "message";
        readonly ordinal: number;
        readonly author: string;
        readonly authorName: string;
        readonly mine: boolean;
        readonly at: number;
        readonly body: MessageRow["body"];
      }
    /** It may not be seen any more. */
    | { readonly kind: "gone" }
    /** It is not on this device, and the server cannot be asked. */
    | { readonly kind: "elsewhere" };
}
