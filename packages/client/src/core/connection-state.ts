import type { ProblemCode } from "@parley/protocol";

/**
 * The connection to the server. One socket at a time; its outcomes come in as events, what to do about them goes out as effects.
 *
 *   idle ─start─► connecting ─opened─► greeting ─welcomed─► syncing ─synced─► online
 *                     ▲                    │ closed, goodbye    │                │
 *                     └────retry── waiting ◄────────────────────┴────────────────┘
 *
 * `stopped` is left only by a person (signing in again).
 */
export type ConnectionState =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting"; readonly waitedMs: number }
  /** Hello is sent, Welcome is awaited. */
  | { readonly kind: "greeting"; readonly waitedMs: number }
  | Connected<"syncing">
  | Connected<"online">
  | { readonly kind: "waiting"; readonly waitedMs: number; readonly retryAt: number }
  | { readonly kind: "stopped"; readonly why: StopReason };

export interface Connected<Kind> {
  readonly kind: Kind;
  readonly waitedMs: number;
  readonly heartbeatMs: number;
  /** The nonce of the latest Ping. */
  readonly nonce: number;
}

export type StopReason = "stopped" | "signed-out" | "device-closed" | "superseded" | "store-failed";

export type ConnectionEvent =
  | { readonly kind: "start" }
  | { readonly kind: "opened" }
  | { readonly kind: "welcomed"; readonly heartbeatMs: number }
  /** Every conversation is at the head that Welcome gave. */
  | { readonly kind: "synced" }
  /** `moved`: by ourselves, because a better way to the server was found. */
  | { readonly kind: "closed"; readonly code: number; readonly moved?: true }
  /** What came over it, or what it led to, cannot be used: begin again on another socket. */
  | { readonly kind: "broken" }
  | { readonly kind: "goodbye"; readonly code: ProblemCode; readonly retryAfterMs: number }
  | { readonly kind: "pong"; readonly nonce: number }
  | { readonly kind: "timer"; readonly timer: ConnectionTimer }
  /** The device's own network returned, it woke up, or a person asks to try now. */
  | { readonly kind: "wake" }
  /** For good: "superseded" when another owner claimed the local store. */
  | { readonly kind: "stop"; readonly why: "stopped" | "superseded" | "store-failed" };

export type ConnectionTimer = "retry" | "handshake" | "heartbeat" | "pong";

export type ConnectionEffect =
  | { readonly kind: "open" }
  | { readonly kind: "close" }
  | { readonly kind: "hello" }
  | { readonly kind: "ping"; readonly nonce: number }
  /** Replaces a timer of the same name. */
  | { readonly kind: "timer"; readonly timer: ConnectionTimer; readonly delayMs: number }
  | { readonly kind: "cancel"; readonly timer: ConnectionTimer }
  /** Somebody else connected as this device: find out whether the local store is still ours. */
  | { readonly kind: "check-owner" };

export interface ConnectionStep {
  readonly state: ConnectionState;
  readonly effects: readonly ConnectionEffect[];
}

export interface Moment {
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly fraction: number;
}
