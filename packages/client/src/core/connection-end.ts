import { ProblemCode, problemOfCloseCode } from "@parley/protocol";
import type {
  ConnectionEffect,
  ConnectionEvent,
  ConnectionStep,
  Moment,
  StopReason,
  WithSocket,
} from "./connection-state.ts";
import { backOff, quietTimers, type Wait, wait } from "./connection-steps.ts";

const GOODBYE_JITTER_MS = 1_000;
/** A server that asks for more is asked again then. */
const LONGEST_PATIENCE_MS = 3_600_000;
/** Two owners of one device must not throw each other out in a tight loop. */
const SUPERSEDED_PAUSE_MS = 5_000;

/** As long as the server asks for, and up to a second of one's own: not everybody comes in the same moment. */
function patience(retryAfterMs: number, { fraction }: Moment): Wait {
  const delayMs = Math.min(retryAfterMs, LONGEST_PATIENCE_MS) + Math.floor(fraction * GOODBYE_JITTER_MS);
  return { delayMs, why: retryAfterMs > 0 ? "asked" : "unreachable" };
}

type Closed = Extract<ConnectionEvent, { readonly kind: "closed" }>;

export function closed(state: WithSocket, { code, fault, retryAfterMs }: Closed, moment: Moment): ConnectionStep {
  const problem = problemOfCloseCode(code);
  const fatal = fatalReason(problem);
  if (fatal !== undefined) return { state: { kind: "stopped", why: fatal, haste: state.haste }, effects: quietTimers };
  if (problem === ProblemCode.SUPERSEDED) return takenOver(state, moment, []);
  if (retryAfterMs !== undefined) return wait(state, moment, patience(retryAfterMs, moment), []);
  const usual = backOff(state, moment);
  return wait(state, moment, fault === "foreign" ? { ...usual, why: "foreign" } : usual, []);
}

/** Another socket of this device took over: of another owner, or one of our own that was thought dead. */
function takenOver(state: WithSocket, moment: Moment, close: readonly ConnectionEffect[]): ConnectionStep {
  const usual = backOff(state, moment);
  const pause: Wait = { ...usual, delayMs: SUPERSEDED_PAUSE_MS + usual.delayMs };
  return wait(state, moment, pause, [...close, { kind: "check-owner" }]);
}

export function goodbye(
  state: WithSocket,
  event: Extract<ConnectionEvent, { readonly kind: "goodbye" }>,
  moment: Moment,
): ConnectionStep {
  const fatal = fatalReason(event.code);
  if (fatal !== undefined) {
    return {
      state: { kind: "stopped", why: fatal, haste: state.haste },
      effects: [{ kind: "close" }, ...quietTimers],
    };
  }
  if (event.code === ProblemCode.SUPERSEDED) return takenOver(state, moment, [{ kind: "close" }]);
  return wait(state, moment, patience(event.retryAfterMs, moment), [{ kind: "close" }]);
}

/** What trying again cannot help. Absent on purpose: FORBIDDEN_ORIGIN and MALFORMED, which an update of the server can end. */
function fatalReason(problem: ProblemCode | undefined): StopReason | undefined {
  if (problem === ProblemCode.UNAUTHENTICATED) return "signed-out";
  if (problem === ProblemCode.DEVICE_CLOSED) return "device-closed";
  return undefined;
}
