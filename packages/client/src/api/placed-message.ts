import type { MessageRow } from "./timeline-view.ts";

/** Where a message is. */
export interface MessagePlace {
  readonly conversation: string;
  readonly message: string;
}

/** A message wherever it is, as it is now. */
export interface PlacedMessage {
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
