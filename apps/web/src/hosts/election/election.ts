import type { EngineName } from "./engine-name.ts";

/**
 * How one tab comes to an engine side, and to the next one when that dies.
 *
 *     choosing ──► reaching ──► connected ──► choosing …        (it died, or is frozen)
 *        └───────► elsewhere ─────────────► choosing            (the other died)
 *
 * Tabs choose one after the other: who is choosing or reaching keeps all others from it. A tab joins the newest engine side of its own version. It
 * starts one if there is none; but a tab that had its engine side taken by another version leaves that alone, so that two versions never
 * take it from each other in turn. Only a page that was just loaded takes it.
 */
export type ElectionState =
  | (Choosing & { readonly kind: "choosing" })
  | (Choosing & { readonly kind: "reaching"; readonly deed: "start" | "join"; readonly engine: EngineName })
  | { readonly kind: "connected"; readonly engine: EngineName }
  /** Another version of the app, or another kind of host, runs the engine. */
  | { readonly kind: "elsewhere"; readonly engine: EngineName; readonly past: number }
  /** No engine side can be had this way. */
  | { readonly kind: "failed" }
  | { readonly kind: "stopped" };

interface Choosing {
  /** Engine sides up to this number are dead, frozen or out of reach. */
  readonly past: number;
  /** The page was just loaded: no engine side was reached yet. */
  readonly fresh: boolean;
  /** How often none was reached, one after the other. */
  readonly failures: number;
}

export type ElectionEvent =
  /** It is this tab's turn to choose. */
  | {
      readonly kind: "turn-came";
      /** Engine sides of the account that hold their locks. */
      readonly living: readonly EngineName[];
      /** The greatest number given so far, as far as this browser remembers. */
      readonly lastNumber: number;
    }
  /** The engine side is ready for this tab. */
  | { readonly kind: "reached" }
  /** It did not become ready in time, or could not be started. */
  | { readonly kind: "unreachable" }
  /** Its lock is free. */
  | { readonly kind: "died" }
  /** It holds its lock and does not answer. */
  | { readonly kind: "frozen" }
  | { readonly kind: "stop" };

/** What a tab is: who it belongs to, and whom it may join. */
export interface Candidate {
  readonly account: string;
  readonly version: string;
}

/** How often a tab tries before it looks for another way. */
const ATTEMPTS = 3;

export const electionBegins: ElectionState = { kind: "choosing", past: 0, fresh: true, failures: 0 };

/** The state after an event. Events that say nothing in a state leave it as it is. */
export function stepElection(state: ElectionState, event: ElectionEvent, candidate: Candidate): ElectionState {
  if (event.kind === "stop") return { kind: "stopped" };
  switch (state.kind) {
    case "choosing":
      if (event.kind === "turn-came") return choose(state, event.living, event.lastNumber, candidate);
      return event.kind === "unreachable" ? failedOnce(state) : state;
    case "reaching":
      return reaching(state, event);
    case "connected":
      if (event.kind !== "died" && event.kind !== "frozen") return state;
      return { kind: "choosing", past: state.engine.number, fresh: false, failures: 0 };
    case "elsewhere":
      return event.kind === "died" ? { kind: "choosing", past: state.past, fresh: false, failures: 0 } : state;
    case "failed":
    case "stopped":
      return state;
  }
}

function choose(
  { past, fresh, failures }: Choosing,
  living: readonly EngineName[],
  lastNumber: number,
  candidate: Candidate,
): ElectionState {
  const later = living.filter(({ number }) => number > past).sort((one, other) => other.number - one.number);
  const newest = later[0];
  if (newest?.version === candidate.version) {
    return { kind: "reaching", deed: "join", engine: newest, past, fresh, failures };
  }
  if (newest !== undefined && !fresh) return { kind: "elsewhere", engine: newest, past };
  const number = Math.max(lastNumber, past, ...living.map((engine) => engine.number)) + 1;
  return { kind: "reaching", deed: "start", engine: { ...candidate, number }, past, fresh, failures };
}

function reaching(state: Extract<ElectionState, { kind: "reaching" }>, event: ElectionEvent): ElectionState {
  const { engine, fresh, failures } = state;
  switch (event.kind) {
    case "reached":
      return { kind: "connected", engine };
    case "died":
      // Between being seen and being joined: nobody's failure.
      return { kind: "choosing", past: engine.number, fresh, failures };
    case "unreachable":
      return failedOnce({ past: engine.number, fresh, failures });
    default:
      return state;
  }
}

function failedOnce({ past, fresh, failures }: Choosing): ElectionState {
  if (failures + 1 >= ATTEMPTS) return { kind: "failed" };
  return { kind: "choosing", past, fresh, failures: failures + 1 };
}
