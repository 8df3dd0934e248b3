/** What pages say to the offline shell. */
export type PageMessage =
  /** Which version are you? From a page whose lock is held: whatever only older versions needed may go. */
  | { readonly kind: "which-version" }
  /** The person at the page wants this version now. */
  | { readonly kind: "take-over" };

export interface ShellMessage {
  readonly kind: "version";
  readonly version: string;
}
