import type { ProblemCode } from "@parley/protocol";
import type { Pace } from "./pace.ts";

/**
 * The connection to the server. One socket at a time; its outcomes come in as events, what to do about them goes out as effects.
 *
 *   idle ─start─► connecting ─opened─► greeting ─welcomed─► syncing ─synced─► online
 *                     ▲                    │ closed, goodbye    │                │
 *                     └────retry── waiting ◄────────────────────┴────────────────┘
 *
 * `stopped` is left only by a person (signing in again, perhaps in another tab).
 */
export type ConnectionState =
  | { readonly kind: "idle" }
  | Connecting
  /** Hello is sent, Welcome is awaited. */
  | { readonly kind: "greeting"; readonly waitedMs: number; readonly haste: Haste }
  | Connected<"syncing">
  | Connected<"online">
  | Waiting
  | Stopped;

/** Attempts that are not left to the backoff, because the device's network returned or a person waits for it. */
export interface Haste {
  readonly network: Pace;
  readonly person: Pace;
}

export interface Connecting {
  readonly kind: "connecting";
  readonly waitedMs: number;
  /** When the attempt began, by the elapsed clock. */
  readonly since: number;
  readonly haste: Haste;
}

export interface Connected<Kind> {
  readonly kind: Kind;
  readonly waitedMs: number;
  readonly heartbeatMs: number;
  /** The nonce of the latest Ping. */
  readonly nonce: number;
  /** When that was sent, by the elapsed clock. */
  readonly pingedAt: number;
  /** By when its Pong is awaited; undefined when it came. */
  readonly pongBy: number | undefined;
  /** The next Ping looks whether the connection still works: its Pong is not waited for as long. */
  readonly doubted: boolean;
  readonly haste: Haste;
}

export interface Waiting {
  readonly kind: "waiting";
  readonly waitedMs: number;
  /** By the elapsed clock, which stands still in some devices while they sleep. */
  readonly retryAt: number;
  /** The same by the device's clock, as of when the wait began. */
  readonly retryTime: number;
  readonly why: WaitReason;
  readonly haste: Haste;
}

export interface Stopped {
  readonly kind: "stopped";
  readonly why: StopReason;
  readonly haste: Haste;
}

/** `asked`: the server asked for this much patience. `foreign`: something that is no Parley server answered in its place. */
export type WaitReason = "unreachable" | "asked" | "foreign";

export type StopReason = "stopped" | "signed-out" | "device-closed" | "superseded" | "store-failed";

export type ConnectionEvent =
  | { readonly kind: "start" }
  | { readonly kind: "opened" }
  | { readonly kind: "welcomed"; readonly heartbeatMs: number }
  /** Every conversation is at the head that Welcome gave. */
  | { readonly kind: "synced" }
  /** `moved`: by ourselves, because a better way to the server was found. */
  | {
      readonly kind: "closed";
      readonly code: number;
      readonly moved?: true;
      readonly fault?: "unreachable" | "foreign";
      readonly retryAfterMs?: number;
    }
  /** What came over it, or what it led to, cannot be used: begin again on another socket. */
  | { readonly kind: "broken" }
  | { readonly kind: "goodbye"; readonly code: ProblemCode; readonly retryAfterMs: number }
  | { readonly kind: "pong"; readonly nonce: number }
  | { readonly kind: "timer"; readonly timer: ConnectionTimer }
  /** The device's own network returned, or the device woke up. May come many times a second. */
  | { readonly kind: "wake" }
  /** The device says that its network is gone. It may be wrong, or the server may be on the device itself. */
  | { readonly kind: "doubt" }
  /** A person writes or sends. May come many times a second. */
  | { readonly kind: "wanted" }
  /** A person asks to try now. */
  | { readonly kind: "try-now" }
  /** There is no room for what comes: until it is started again. */
  | { readonly kind: "rest" }
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
  /** By the device's clock, which may be wrong or jump. */
  readonly now: number;
  /** By the clock that never jumps; pauses are measured by it. */
  readonly elapsed: number;
  /** Uniform in [0, 1). */
  readonly fraction: number;
}

/** Whether commands and requests may be sent. */
export function isConnected(state: ConnectionState): state is AnyConnected {
  return state.kind === "syncing" || state.kind === "online";
}

export type AnyConnected = Connected<"syncing"> | Connected<"online">;
export type WithSocket = Extract<ConnectionState, { readonly kind: "connecting" | "greeting" | "syncing" | "online" }>;

export function hasSocket(state: ConnectionState): state is WithSocket {
  return state.kind === "connecting" || state.kind === "greeting" || isConnected(state);
}
