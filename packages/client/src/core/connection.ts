import { ProblemCode, problemOfCloseCode } from "@parley/protocol";
import { backoffMs } from "./backoff.ts";
import type {
  Connected,
  ConnectionEffect,
  ConnectionEvent,
  ConnectionState,
  ConnectionStep,
  ConnectionTimer,
  Moment,
  StopReason,
} from "./connection-state.ts";

const HANDSHAKE_LIMIT_MS = 10_000;
const PONG_LIMIT_MS = 10_000;
const WAKE_PONG_LIMIT_MS = 2_000;
const GOODBYE_JITTER_MS = 1_000;
/** Two owners of one device must not throw each other out in a tight loop. */
const SUPERSEDED_PAUSE_MS = 5_000;

export const connectionAtRest: ConnectionState = { kind: "idle" };

export function stepConnection(state: ConnectionState, event: ConnectionEvent, moment: Moment): ConnectionStep {
  switch (event.kind) {
    case "start":
      return state.kind === "idle" ? open(0, []) : same(state);
    case "opened":
      return state.kind === "connecting" ? greet(state.waitedMs) : same(state);
    case "welcomed":
      return state.kind === "greeting" ? welcomed(event.heartbeatMs) : same(state);
    case "synced":
      return state.kind === "syncing" ? { state: { ...state, kind: "online" }, effects: [] } : same(state);
    case "closed":
      if (!hasSocket(state)) return same(state);
      if (event.moved === true) return open(state.waitedMs, quietTimers);
      return closed(state, problemOfCloseCode(event.code), moment);
    case "broken":
      return broken(state, moment);
    case "goodbye":
      return hasSocket(state) ? goodbye(state, event, moment) : same(state);
    case "pong":
      return isConnected(state) && event.nonce === state.nonce ? pongCame(state) : same(state);
    case "timer":
      return timerRang(state, event.timer, moment);
    case "wake":
      return wake(state);
    case "stop":
      return stop(state, event.why);
  }
}

/** Whether commands and requests may be sent. */
export function isConnected(state: ConnectionState): state is Connected<"syncing"> | Connected<"online"> {
  return state.kind === "syncing" || state.kind === "online";
}

type WithSocket = Extract<ConnectionState, { readonly kind: "connecting" | "greeting" | "syncing" | "online" }>;

export function hasSocket(state: ConnectionState): state is WithSocket {
  return state.kind === "connecting" || state.kind === "greeting" || isConnected(state);
}

function same(state: ConnectionState): ConnectionStep {
  return { state, effects: [] };
}

function open(waitedMs: number, before: readonly ConnectionEffect[]): ConnectionStep {
  return {
    state: { kind: "connecting", waitedMs },
    effects: [...before, { kind: "open" }, { kind: "timer", timer: "handshake", delayMs: HANDSHAKE_LIMIT_MS }],
  };
}

function greet(waitedMs: number): ConnectionStep {
  return {
    state: { kind: "greeting", waitedMs },
    effects: [{ kind: "hello" }, { kind: "timer", timer: "handshake", delayMs: HANDSHAKE_LIMIT_MS }],
  };
}

function welcomed(heartbeatMs: number): ConnectionStep {
  return {
    state: { kind: "syncing", waitedMs: 0, heartbeatMs, nonce: 0 },
    effects: [
      { kind: "cancel", timer: "handshake" },
      { kind: "timer", timer: "heartbeat", delayMs: heartbeatMs },
    ],
  };
}

const quietTimers: readonly ConnectionEffect[] = [
  { kind: "cancel", timer: "handshake" },
  { kind: "cancel", timer: "heartbeat" },
  { kind: "cancel", timer: "pong" },
];

function wait(
  { waitedMs }: WithSocket,
  { now }: Moment,
  delayMs: number,
  more: readonly ConnectionEffect[],
): ConnectionStep {
  return {
    state: { kind: "waiting", waitedMs: waitedMs + delayMs, retryAt: now + delayMs },
    effects: [...more, ...quietTimers, { kind: "timer", timer: "retry", delayMs }],
  };
}

function closed(state: WithSocket, problem: ProblemCode | undefined, moment: Moment): ConnectionStep {
  const fatal = fatalReason(problem);
  if (fatal !== undefined) return { state: { kind: "stopped", why: fatal }, effects: quietTimers };
  if (problem === ProblemCode.SUPERSEDED) return takenOver(state, moment, []);
  return wait(state, moment, backoffMs(state.waitedMs, moment.fraction), []);
}

/** Another socket of this device took over: of another owner, or one of our own that was thought dead. */
function takenOver(state: WithSocket, moment: Moment, close: readonly ConnectionEffect[]): ConnectionStep {
  const delay = SUPERSEDED_PAUSE_MS + backoffMs(state.waitedMs, moment.fraction);
  return wait(state, moment, delay, [...close, { kind: "check-owner" }]);
}

function goodbye(
  state: WithSocket,
  event: Extract<ConnectionEvent, { readonly kind: "goodbye" }>,
  moment: Moment,
): ConnectionStep {
  const fatal = fatalReason(event.code);
  if (fatal !== undefined)
    return { state: { kind: "stopped", why: fatal }, effects: [{ kind: "close" }, ...quietTimers] };
  if (event.code === ProblemCode.SUPERSEDED) return takenOver(state, moment, [{ kind: "close" }]);
  const delay = event.retryAfterMs + Math.floor(moment.fraction * GOODBYE_JITTER_MS);
  return wait(state, moment, delay, [{ kind: "close" }]);
}

/** What trying again cannot help. Absent on purpose: FORBIDDEN_ORIGIN and MALFORMED, which an update of the server can end. */
function fatalReason(problem: ProblemCode | undefined): StopReason | undefined {
  if (problem === ProblemCode.UNAUTHENTICATED) return "signed-out";
  if (problem === ProblemCode.DEVICE_CLOSED) return "device-closed";
  return undefined;
}

function pongCame(state: Connected<"syncing"> | Connected<"online">): ConnectionStep {
  return { state, effects: [{ kind: "cancel", timer: "pong" }] };
}

function timerRang(state: ConnectionState, timer: ConnectionTimer, moment: Moment): ConnectionStep {
  if (timer === "retry") return state.kind === "waiting" ? open(state.waitedMs, []) : same(state);
  if (timer === "heartbeat") {
    if (!isConnected(state)) return same(state);
    const step = ping(state, PONG_LIMIT_MS);
    return {
      state: step.state,
      effects: [...step.effects, { kind: "timer", timer: "heartbeat", delayMs: state.heartbeatMs }],
    };
  }
  // Neither a Welcome nor a Pong in time: the socket is dead, whatever it says.
  const late = timer === "handshake" ? state.kind === "connecting" || state.kind === "greeting" : isConnected(state);
  return late && hasSocket(state) ? abandon(state, moment) : same(state);
}

/** Effects may have been lost as well: whatever the state needs is set up again. */
function broken(state: ConnectionState, moment: Moment): ConnectionStep {
  if (hasSocket(state)) return abandon(state, moment);
  if (state.kind === "waiting") {
    const delayMs = Math.max(0, state.retryAt - moment.now);
    return { state, effects: [{ kind: "close" }, ...quietTimers, { kind: "timer", timer: "retry", delayMs }] };
  }
  return { state, effects: [{ kind: "close" }, ...quietTimers] };
}

function abandon(state: WithSocket, moment: Moment): ConnectionStep {
  return wait(state, moment, backoffMs(state.waitedMs, moment.fraction), [{ kind: "close" }]);
}

function ping(state: Connected<"syncing"> | Connected<"online">, limitMs: number): ConnectionStep {
  const nonce = state.nonce + 1;
  return {
    state: { ...state, nonce },
    effects: [
      { kind: "ping", nonce },
      { kind: "timer", timer: "pong", delayMs: limitMs },
    ],
  };
}

function wake(state: ConnectionState): ConnectionStep {
  switch (state.kind) {
    case "waiting":
      return open(state.waitedMs, [{ kind: "cancel", timer: "retry" }]);
    case "connecting":
      // What was begun on the former network may hang for minutes.
      return open(state.waitedMs, [{ kind: "close" }]);
    case "syncing":
    case "online":
      return ping(state, WAKE_PONG_LIMIT_MS);
    case "stopped":
      return state.why === "signed-out" ? open(0, []) : same(state);
    case "idle":
    case "greeting":
      return same(state);
  }
}

function stop(state: ConnectionState, why: StopReason): ConnectionStep {
  if (state.kind === "stopped" && state.why !== "signed-out") return same(state);
  const close: readonly ConnectionEffect[] = hasSocket(state) ? [{ kind: "close" }] : [];
  return {
    state: { kind: "stopped", why },
    effects: [...close, ...quietTimers, { kind: "cancel", timer: "retry" }],
  };
}
