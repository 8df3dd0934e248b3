/** Why one is or is not connected, for people. */
export type ConnectionView =
  /** Nothing was tried yet. */
  | { readonly kind: "starting" }
  /** There is no room on the device to begin: what it holds can be read, and nothing is sent or fetched until there is some. */
  | { readonly kind: "no-room" }
  /** The device says it has no network. */
  | { readonly kind: "offline" }
  | { readonly kind: "connecting" }
  /** Connected, and fetching what was missed. */
  | { readonly kind: "syncing" }
  | { readonly kind: "online" }
  /** Trying again at `retryAt` (milliseconds since 1970, device's clock). */
  | {
      readonly kind: "waiting";
      readonly retryAt: number;
      /** `asked`: the server asked for patience. `foreign`: something that is no Parley server answered in its place, as a captive portal does. */
      readonly why: "unreachable" | "asked" | "foreign";
    }
  /** The session has ended: sign in again. The outbox stays. */
  | { readonly kind: "signed-out" }
  /** This device was revoked or replaced. */
  | { readonly kind: "device-closed" }
  /** Another owner of the same local store took over. */
  | { readonly kind: "superseded" }
  /** The local store cannot be read any more (evicted, broken): open it anew. What the server has is not lost. */
  | { readonly kind: "store-failed" };
