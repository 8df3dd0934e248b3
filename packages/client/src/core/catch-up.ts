import type { Event } from "@parley/protocol";

/**
 * Whether a conversation is at the head that the device knows of. Events that cannot be applied yet are kept `ahead`, so that nothing
 * is shown out of order.
 */
export type CatchUp =
  | { readonly kind: "current" }
  /** After Welcome: the server sends Changes or Reset by itself. */
  | { readonly kind: "expecting"; readonly ahead: readonly Event[] }
  /** A gap was found, and the server was asked. */
  | { readonly kind: "asked"; readonly ahead: readonly Event[] };

export type CatchUpEvent =
  /** Welcome named another head than the device's. */
  | { readonly kind: "behind" }
  | { readonly kind: "arrived"; readonly event: Event; readonly head: number }
  /** Changes or Reset brought the conversation to `head`. */
  | { readonly kind: "brought"; readonly head: number }
  /** The answer did not help, or showed that there is more. */
  | { readonly kind: "short" }
  | { readonly kind: "lost" };

export interface CatchUpStep {
  readonly state: CatchUp;
  /** Events to apply now, in order. */
  readonly apply: readonly Event[];
  readonly ask: boolean;
}

/** More than this is cheaper to fetch than to keep. */
const MOST_AHEAD = 500;

export const current: CatchUp = { kind: "current" };

export function stepCatchUp(state: CatchUp, input: CatchUpEvent): CatchUpStep {
  switch (input.kind) {
    case "behind":
      return { state: { kind: "expecting", ahead: [] }, apply: [], ask: false };
    case "arrived":
      return arrived(state, input.event, input.head);
    case "brought":
      return brought(state, input.head);
    case "short":
      return { state: { kind: "asked", ahead: aheadOf(state) }, apply: [], ask: true };
    case "lost":
      return { state: current, apply: [], ask: false };
  }
}

function aheadOf(state: CatchUp): readonly Event[] {
  return state.kind === "current" ? [] : state.ahead;
}

function arrived(state: CatchUp, event: Event, head: number): CatchUpStep {
  if (state.kind === "current") {
    if (event.seq <= head) return { state, apply: [], ask: false };
    if (event.seq === head + 1) return { state, apply: [event], ask: false };
    return { state: { kind: "asked", ahead: [event] }, apply: [], ask: true };
  }
  const ahead = [...state.ahead, event].slice(-MOST_AHEAD);
  return { state: { ...state, ahead }, apply: [], ask: false };
}

function brought(state: CatchUp, head: number): CatchUpStep {
  const later = aheadOf(state)
    .filter((event) => event.seq > head)
    .sort((one, other) => one.seq - other.seq);
  const apply: Event[] = [];
  for (const event of later) {
    if (event.seq === head + apply.length + 1) apply.push(event);
  }
  const reached = head + apply.length;
  const rest = later.filter((event) => event.seq > reached);
  if (rest.length === 0) return { state: current, apply, ask: false };
  return { state: { kind: "asked", ahead: rest }, apply, ask: true };
}
