import { beat, DOUBTS_APART_MS, doubt, pongCame } from "./connection-check.ts";
import { closed, goodbye } from "./connection-end.ts";
import { hasten, tryNow } from "./connection-haste.ts";
import {
  type Connecting,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStep,
  type ConnectionTimer,
  type Haste,
  hasSocket,
  isConnected,
  type Moment,
  type StopReason,
} from "./connection-state.ts";
import { abandon, type Before, HANDSHAKE_LIMIT_MS, open, quietTimers, same } from "./connection-steps.ts";
import { restedPace } from "./pace.ts";

export const connectionAtRest: ConnectionState = { kind: "idle" };
const noHaste: Haste = { network: restedPace, person: restedPace };

export function stepConnection(state: ConnectionState, event: ConnectionEvent, moment: Moment): ConnectionStep {
  switch (event.kind) {
    case "start":
      return state.kind === "idle" ? open({ waitedMs: 0, haste: noHaste }, moment, []) : same(state);
    case "opened":
      return state.kind === "connecting" ? greet(state) : same(state);
    case "welcomed":
      return state.kind === "greeting" ? welcomed(state, event.heartbeatMs, moment) : same(state);
    case "synced":
      return state.kind === "syncing" ? { state: { ...state, kind: "online" }, effects: [] } : same(state);
    case "closed":
      if (!hasSocket(state)) return same(state);
      return event.moved === true ? open(state, moment, quietTimers) : closed(state, event, moment);
    case "broken":
      return broken(state, moment);
    case "goodbye":
      return hasSocket(state) ? goodbye(state, event, moment) : same(state);
    case "pong":
      return isConnected(state) && event.nonce === state.nonce ? pongCame(state) : same(state);
    case "timer":
      return timerRang(state, event.timer, moment);
    case "wake":
      return isConnected(state) ? doubt(state, moment) : hasten(state, "network", moment);
    case "doubt":
      return isConnected(state) ? doubt(state, moment) : same(state);
    case "wanted":
      return state.kind === "waiting" ? hasten(state, "person", moment) : same(state);
    case "try-now":
      return isConnected(state) ? doubt(state, moment) : tryNow(state, moment);
    case "rest":
      return state.kind === "idle" || state.kind === "stopped" ? same(state) : rest(state);
    case "stop":
      return stop(state, event.why);
  }
}

function greet({ waitedMs, haste }: Connecting): ConnectionStep {
  return {
    state: { kind: "greeting", waitedMs, haste },
    effects: [
      { kind: "cancel", timer: "retry" },
      { kind: "hello" },
      { kind: "timer", timer: "handshake", delayMs: HANDSHAKE_LIMIT_MS },
    ],
  };
}

function welcomed({ haste }: Before, heartbeatMs: number, { elapsed }: Moment): ConnectionStep {
  const unasked = { nonce: 0, pingedAt: elapsed - DOUBTS_APART_MS, pongBy: undefined, doubted: false };
  return {
    state: { kind: "syncing", waitedMs: 0, heartbeatMs, ...unasked, haste },
    effects: [
      { kind: "cancel", timer: "handshake" },
      { kind: "timer", timer: "heartbeat", delayMs: heartbeatMs },
    ],
  };
}

function timerRang(state: ConnectionState, timer: ConnectionTimer, moment: Moment): ConnectionStep {
  if (timer === "retry") {
    if (state.kind === "waiting") return open(state, moment, []);
    return state.kind === "connecting" ? open(state, moment, [{ kind: "close" }]) : same(state);
  }
  if (timer === "heartbeat") return isConnected(state) ? beat(state, moment) : same(state);
  // Neither a Welcome nor a Pong in time: the socket is dead, whatever it says.
  const late = timer === "handshake" ? state.kind === "connecting" || state.kind === "greeting" : isConnected(state);
  return late && hasSocket(state) ? abandon(state, moment) : same(state);
}

/** Effects may have been lost as well: whatever the state needs is set up again. */
function broken(state: ConnectionState, moment: Moment): ConnectionStep {
  if (hasSocket(state)) return abandon(state, moment);
  if (state.kind === "waiting") {
    const delayMs = Math.max(0, state.retryAt - moment.elapsed);
    return { state, effects: [{ kind: "close" }, ...quietTimers, { kind: "timer", timer: "retry", delayMs }] };
  }
  return { state, effects: [{ kind: "close" }, ...quietTimers] };
}

function rest(state: ConnectionState): ConnectionStep {
  return { state: connectionAtRest, effects: leave(state) };
}

function stop(state: ConnectionState, why: StopReason): ConnectionStep {
  if (state.kind === "stopped" && state.why !== "signed-out") return same(state);
  return { state: { kind: "stopped", why, haste: noHaste }, effects: leave(state) };
}

function leave(state: ConnectionState): readonly ConnectionEffect[] {
  const close: readonly ConnectionEffect[] = hasSocket(state) ? [{ kind: "close" }] : [];
  return [...close, ...quietTimers, { kind: "cancel", timer: "retry" }];
}
