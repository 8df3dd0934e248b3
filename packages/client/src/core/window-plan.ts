import { clearedUpTo, holds, type Ranges, rangeAt } from "@parley/log";
import { growthStep, newerSlice, olderSlice, type Slice, stepBack } from "./slice.ts";

/** How a window gets where a person wants it. */
export type WindowPlan =
  | { readonly kind: "stay" }
  | { readonly kind: "move"; readonly slice: Slice }
  /** Move once the entries are there. */
  | { readonly kind: "fetch"; readonly slice: Slice }
  /** Move at once, with holes that fill themselves. */
  | { readonly kind: "move-and-fetch"; readonly slice: Slice }
  /** Not held, and the server cannot be asked. */
  | { readonly kind: "unavailable" };

export interface Held {
  readonly ranges: Ranges;
  readonly entryHead: number;
  /** Runs that are not drawn because their viewer wants that. */
  readonly hidden: Ranges;
  /** Those, and what has disappeared as far as the window holds it. */
  readonly undrawn: Ranges;
  readonly online: boolean;
}

export function planOlder(slice: Slice, { ranges, hidden, undrawn, online }: Held): WindowPlan {
  if (isAtOldest(slice, { hidden, undrawn })) return { kind: "stay" };
  const from = stepBack(slice.from, growthStep, hidden);
  const isHeld = holds(ranges, { from, to: slice.from - 1 });
  const run = rangeAt(ranges, slice.from - 1);
  if (!isHeld && !online && run === undefined) return { kind: "unavailable" };
  const reached = isHeld || online ? from : Math.max(from, run?.from ?? from);
  const older = olderSlice(slice, reached, undrawn);
  return older === undefined ? { kind: "stay" } : { kind: isHeld || !online ? "move" : "fetch", slice: older };
}

/** Whether it goes back no further: there is nothing, or nothing but what has disappeared for longer than a window reaches. */
export function isAtOldest(slice: Slice, { hidden, undrawn }: Pick<Held, "hidden" | "undrawn">): boolean {
  if (slice.from <= clearedUpTo(hidden) + 1) return true;
  return olderSlice(slice, stepBack(slice.from, growthStep, hidden), undrawn) === undefined;
}

export function planNewer(slice: Slice, { ranges, undrawn, entryHead, online }: Held): WindowPlan {
  if (slice.to >= entryHead) return { kind: "stay" };
  const to = Math.min(entryHead, slice.to + growthStep);
  const newer = (end: number): Slice => newerSlice(slice, end, undrawn);
  if (holds(ranges, { from: slice.to + 1, to })) return { kind: "move", slice: newer(to) };
  if (online) return { kind: "fetch", slice: newer(to) };
  const run = rangeAt(ranges, slice.to + 1);
  return run === undefined ? { kind: "unavailable" } : { kind: "move", slice: newer(Math.min(to, run.to)) };
}

/** @param aim what the window is moved for: without the server, what is held round it has to do */
export function planJump(slice: Slice, aim: number, { ranges, online }: Held): WindowPlan {
  if (holds(ranges, slice)) return { kind: "move", slice };
  if (online) return { kind: "move-and-fetch", slice };
  const run = rangeAt(ranges, aim);
  return run === undefined
    ? { kind: "unavailable" }
    : { kind: "move", slice: { from: Math.max(slice.from, run.from), to: Math.min(slice.to, run.to) } };
}
