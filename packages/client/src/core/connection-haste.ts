import type {
  Connecting,
  ConnectionEffect,
  ConnectionState,
  ConnectionStep,
  Haste,
  Moment,
  Stopped,
  Waiting,
} from "./connection-state.ts";
import { open, same } from "./connection-steps.ts";
import { granted, grantedAt } from "./pace.ts";

/** An attempt that began so lately needs no other: what tells of a network's return comes in threes. */
const YOUNG_MS = 250;

/**
 * Connects now, or as soon as the pace allows it where that is before the next attempt. What the server asked for is waited for all the same.
 *
 * @param whose wish it is: the device's network returned, or a person waits
 */
export function hasten(state: ConnectionState, whose: keyof Haste, moment: Moment): ConnectionStep {
  if (!canHasten(state, moment)) return same(state);
  const at = grantedAt(state.haste[whose], moment.elapsed);
  if (at === undefined) return same(state);
  const hastened = { ...state, haste: { ...state.haste, [whose]: granted(state.haste[whose], at) } };
  const delayMs = at - moment.elapsed;
  if (delayMs <= 0) return begin(hastened, moment);
  const retry: ConnectionEffect = { kind: "timer", timer: "retry", delayMs };
  switch (hastened.kind) {
    case "waiting": {
      if (at >= hastened.retryAt) return same(state);
      const due = { retryAt: at, retryTime: moment.now + delayMs };
      return { state: { ...hastened, ...due }, effects: [retry] };
    }
    case "connecting":
      return { state: hastened, effects: [retry] };
    case "stopped":
      return same(state);
  }
}

/** A person asks to: nothing is waited for. */
export function tryNow(state: ConnectionState, moment: Moment): ConnectionStep {
  return canBegin(state) && !isYoung(state, moment) ? begin(state, moment) : same(state);
}

type Beginning = Connecting | Waiting | Stopped;

function canHasten(state: ConnectionState, moment: Moment): state is Beginning {
  if (!canBegin(state) || isYoung(state, moment)) return false;
  return state.kind !== "waiting" || state.why !== "asked" || isOver(state, moment);
}

function canBegin(state: ConnectionState): state is Beginning {
  return (
    state.kind === "waiting" || state.kind === "connecting" || (state.kind === "stopped" && state.why === "signed-out")
  );
}

function isYoung(state: Beginning, { elapsed }: Moment): boolean {
  return state.kind === "connecting" && elapsed - state.since < YOUNG_MS;
}

/** By either clock: one may stand still while the device sleeps, the other may jump. */
function isOver({ retryAt, retryTime }: Waiting, { now, elapsed }: Moment): boolean {
  return elapsed >= retryAt || now >= retryTime;
}

function begin(state: Beginning, moment: Moment): ConnectionStep {
  const quiet: ConnectionEffect = { kind: "cancel", timer: "retry" };
  if (state.kind === "stopped") return open({ waitedMs: 0, haste: state.haste }, moment, []);
  // What was begun on the former network may hang for minutes.
  return open(state, moment, state.kind === "connecting" ? [quiet, { kind: "close" }] : [quiet]);
}
