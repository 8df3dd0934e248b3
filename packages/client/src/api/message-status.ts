/** Derived from outbox, event and marks; never stored. */
export type MessageStatus =
  | { readonly kind: "sending" }
  | { readonly kind: "sent" }
  /** By everyone, in groups too. */
  | { readonly kind: "delivered" }
  | { readonly kind: "read" }
  | { readonly kind: "failed"; readonly code: number; readonly reason: string };
