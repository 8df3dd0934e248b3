import { backoffMs } from "./backoff.ts";
import type {
  Connecting,
  ConnectionEffect,
  ConnectionState,
  ConnectionStep,
  Moment,
  WaitReason,
  WithSocket,
} from "./connection-state.ts";

export const HANDSHAKE_LIMIT_MS = 10_000;

export function same(state: ConnectionState): ConnectionStep {
  return { state, effects: [] };
}

export type Before = Pick<Connecting, "waitedMs" | "haste">;

export function open(
  { waitedMs, haste }: Before,
  { elapsed }: Moment,
  before: readonly ConnectionEffect[],
): ConnectionStep {
  return {
    state: { kind: "connecting", waitedMs, since: elapsed, haste },
    effects: [...before, { kind: "open" }, { kind: "timer", timer: "handshake", delayMs: HANDSHAKE_LIMIT_MS }],
  };
}

export const quietTimers: readonly ConnectionEffect[] = [
  { kind: "cancel", timer: "handshake" },
  { kind: "cancel", timer: "heartbeat" },
  { kind: "cancel", timer: "pong" },
];

export interface Wait {
  readonly delayMs: number;
  readonly why: WaitReason;
}

export function wait(
  { waitedMs, haste }: WithSocket,
  { now, elapsed }: Moment,
  { delayMs, why }: Wait,
  before: readonly ConnectionEffect[],
): ConnectionStep {
  const due = { retryAt: elapsed + delayMs, retryTime: now + delayMs };
  return {
    state: { kind: "waiting", waitedMs: waitedMs + delayMs, ...due, why, haste },
    effects: [...before, ...quietTimers, { kind: "timer", timer: "retry", delayMs }],
  };
}

export function backOff({ waitedMs }: WithSocket, { fraction }: Moment): Wait {
  return { delayMs: backoffMs(waitedMs, fraction), why: "unreachable" };
}

export function abandon(state: WithSocket, moment: Moment): ConnectionStep {
  return wait(state, moment, backOff(state, moment), [{ kind: "close" }]);
}
