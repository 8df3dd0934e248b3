import type { AnyConnected, ConnectionStep, Moment } from "./connection-state.ts";
import { same } from "./connection-steps.ts";

const PONG_LIMIT_MS = 10_000;
const DOUBT_PONG_LIMIT_MS = 2_000;
/** Between Pings by which somebody looks whether the connection still works. */
export const DOUBTS_APART_MS = 1_000;

export function pongCame(state: AnyConnected): ConnectionStep {
  return { state: { ...state, pongBy: undefined }, effects: [{ kind: "cancel", timer: "pong" }] };
}

export function beat(state: AnyConnected, moment: Moment): ConnectionStep {
  const limitMs = state.doubted ? DOUBT_PONG_LIMIT_MS : PONG_LIMIT_MS;
  // One that is under way already has a limit that is no later.
  const step = state.pongBy === undefined ? ping(state, limitMs, moment) : same(state);
  return {
    state: step.state,
    effects: [...step.effects, { kind: "timer", timer: "heartbeat", delayMs: state.heartbeatMs }],
  };
}

function ping(state: AnyConnected, limitMs: number, { elapsed }: Moment): ConnectionStep {
  const nonce = state.nonce + 1;
  return {
    state: { ...state, nonce, pingedAt: elapsed, pongBy: elapsed + limitMs, doubted: false },
    effects: [
      { kind: "ping", nonce },
      { kind: "timer", timer: "pong", delayMs: limitMs },
    ],
  };
}

/** Looks whether the connection still works. However often that is asked: one Ping at a time, and no later limit for one that is under way. */
export function doubt(state: AnyConnected, moment: Moment): ConnectionStep {
  const { elapsed } = moment;
  const pongBy = elapsed + DOUBT_PONG_LIMIT_MS;
  if (state.pongBy !== undefined) {
    if (state.pongBy <= pongBy) return same(state);
    return {
      state: { ...state, pongBy },
      effects: [{ kind: "timer", timer: "pong", delayMs: DOUBT_PONG_LIMIT_MS }],
    };
  }
  const delayMs = state.pingedAt + DOUBTS_APART_MS - elapsed;
  if (delayMs <= 0) return ping(state, DOUBT_PONG_LIMIT_MS, moment);
  if (state.doubted) return same(state);
  return { state: { ...state, doubted: true }, effects: [{ kind: "timer", timer: "heartbeat", delayMs }] };
}
