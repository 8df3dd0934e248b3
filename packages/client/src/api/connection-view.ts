/** Why one is or is not connected, for people. */
export type ConnectionView =
  /** Nothing was tried yet. */
  | { readonly kind: "starting" }
  /** The device says it has no network. */
  | { readonly kind: "offline" }
  | { readonly kind: "connecting" }
  /** Connected, and fetching what was missed. */
  | { readonly kind: "syncing" }
  | { readonly kind: "online" }
  /** Trying again at `retryAt` (milliseconds since 1970, device's clock). */
  | { readonly kind: "waiting"; readonly retryAt: number }
  /** The session has ended: sign in again. The outbox stays. */
  | { readonly kind: "signed-out" }
  /** This device was revoked or replaced. */
  | { readonly kind: "device-closed" }
  /** Another owner of the same local store took over. */
  | { readonly kind: "superseded" }
  /** The local store cannot be read any more (evicted, broken): open it anew. What the server has is not lost. */
  | { readonly kind: "store-failed" };
