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
  /** Runs that are not drawn. */
  readonly hidden: Ranges;
  readonly online: boolean;
}

export function planOlder(slice: Slice, { ranges, hidden, online }: Held): WindowPlan {
  if (slice.from <= clearedUpTo(hidden) + 1) return { kind: "stay" };
  const from = stepBack(slice.from, growthStep, hidden);
  if (holds(ranges, { from, to: slice.from - 1 })) return { kind: "move", slice: olderSlice(slice, from) };
  if (online) return { kind: "fetch", slice: olderSlice(slice, from) };
  const run = rangeAt(ranges, slice.from - 1);
  return run === undefined
    ? { kind: "unavailable" }
    : { kind: "move", slice: olderSlice(slice, Math.max(from, run.from)) };
}

export function planNewer(slice: Slice, { ranges, entryHead, online }: Held): WindowPlan {
  if (slice.to >= entryHead) return { kind: "stay" };
  const to = Math.min(entryHead, slice.to + growthStep);
  if (holds(ranges, { from: slice.to + 1, to })) return { kind: "move", slice: newerSlice(slice, to) };
  if (online) return { kind: "fetch", slice: newerSlice(slice, to) };
  const run = rangeAt(ranges, slice.to + 1);
  return run === undefined ? { kind: "unavailable" } : { kind: "move", slice: newerSlice(slice, Math.min(to, run.to)) };
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
