/** A message that another one answers, as it is now. */
export interface QuoteView {
  /** Of the message that is answered. */
  readonly id: string;
  /** Where it stands; undefined while that is not known, or while it waits to be sent. */
  readonly ordinal: number | undefined;
  readonly said:
    | {
        readonly kind: "text";
        readonly author: string;
        readonly authorName: string;
        readonly mine: boolean;
        /** Its beginning. */
        readonly text: string;
        /** One's own, which was not accepted: nobody else will see it. */
        readonly failed: boolean;
      }
    | {
        readonly kind: "deleted";
        readonly author: string;
        readonly authorName: string;
        readonly mine: boolean;
      }
    /** There is no such message, or none that this viewer may see. */
    | { readonly kind: "unavailable" }
    /** Not on this device: it is being asked for, as soon as the server can be reached. */
    | { readonly kind: "unknown" };
}
