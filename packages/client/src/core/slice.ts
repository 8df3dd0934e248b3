import { clearedUpTo, holds, type Range, type Ranges } from "@parley/log";

/** The ordinals that a window shows, both ends included; empty when `to` < `from`. Never more than `largestSlice` that are drawn, nor more than `longestSlice`. */
export type Slice = Range;

export const largestSlice = 200;
/** Where most of them have disappeared or are hidden. */
export const longestSlice = 2_000;
/** How many entries a window begins with. */
export const sliceStep = 50;
/** By how many it grows: they are drawn at once, while somebody scrolls, so they have to be drawn within a few frames. */
export const growthStep = 25;

export function newestSlice(entryHead: number, hidden: Ranges = []): Slice {
  return { from: stepBack(entryHead + 1, sliceStep, hidden), to: entryHead };
}

/** Where a step back from an ordinal begins: what is hidden fills no step, as long as a window has room for it; what was cleared is gone back to no more. */
export function stepBack(before: number, step: number, hidden: Ranges): number {
  let from = before - step;
  const first = Math.min(before, clearedUpTo(hidden) + 1);
  for (const run of hidden.toReversed()) {
    if (run.to < from) break;
    if (run.from < before) from -= Math.min(run.to, before - 1) - run.from + 1;
  }
  // What is shown stays in view: a window that grows loses no more than it has to.
  return Math.max(first, from, before - (largestSlice - step));
}

export function sliceAround(ordinal: number, entryHead: number): Slice {
  const center = Math.min(Math.max(1, ordinal), entryHead);
  const from = Math.max(1, center - sliceStep / 2);
  return { from, to: Math.min(entryHead, from + sliceStep - 1) };
}

/** How many of its ordinals are drawn, as far as it is known which are not. */
export function drawnIn({ from, to }: Slice, undrawn: Ranges): number {
  const out = undrawn.map((run) => Math.max(0, Math.min(run.to, to) - Math.max(run.from, from) + 1));
  return out.reduce((left, count) => left - count, Math.max(0, to - from + 1));
}

/** Whether a window shows less than one begins with, and can go back further. */
export function isShort(
  slice: Slice,
  { hidden, undrawn }: { readonly hidden: Ranges; readonly undrawn: Ranges },
): boolean {
  const reachesBack = slice.from <= clearedUpTo(hidden) + 1 || slice.to - slice.from + 1 >= longestSlice;
  return !reachesBack && drawnIn(slice, undrawn) < sliceStep;
}

/**
 * Grows towards older entries; the newest leave when there are too many. Undefined where it would become too long, and what is left would fill no screen:
 * who reads the newest would see them leave for what has disappeared.
 */
export function olderSlice(slice: Slice, from: number, undrawn: Ranges = []): Slice | undefined {
  let to = Math.min(slice.to, from + longestSlice - 1);
  if (to < slice.to && drawnIn({ from, to }, undrawn) < largestSlice / 2) return undefined;
  for (let over = 1; over > 0; to -= Math.max(0, over)) over = drawnIn({ from, to }, undrawn) - largestSlice;
  return { from, to };
}

export function newerSlice(slice: Slice, to: number, undrawn: Ranges = []): Slice {
  let from = Math.max(slice.from, to - longestSlice + 1);
  for (let over = 1; over > 0; from += Math.max(0, over)) over = drawnIn({ from, to }, undrawn) - largestSlice;
  return { from, to };
}

/** What is fetched for a window that is to grow: as much again beyond, for the next time. */
export function fetchedFor(target: Slice, now: Slice, entryHead: number): Range {
  const from = target.from < now.from ? Math.max(1, target.from - growthStep) : target.from;
  const to = target.to > now.to ? Math.min(entryHead, target.to + growthStep) : target.to;
  return { from, to };
}

/** After the conversation grew: a window at its end stays at its end. */
export function followedSlice(slice: Slice, entryHead: number, undrawn: Ranges = []): Slice {
  // One that shows nothing, because all of it was cleared, begins where the next entry will be.
  const isAtEnd = slice.to < slice.from && slice.from === entryHead + 1;
  if (slice.from > entryHead && !isAtEnd) return newestSlice(entryHead);
  return newerSlice(slice, entryHead, undrawn);
}

/** After the conversation grew, where somebody reads further up: nothing leaves, because it may be what is read. */
export function grownSlice(slice: Slice, entryHead: number, undrawn: Ranges = []): Slice {
  const followed = followedSlice(slice, entryHead, undrawn);
  if (followed.from <= slice.from) return followed;
  return olderSlice({ from: slice.from, to: entryHead }, slice.from, undrawn) ?? slice;
}

/** Whether a window at its end stays there: not where what lies between its rows and the newest is missing, because then what one reads would go. */
export function canFollow(slice: Slice, entryHead: number, ranges: Ranges): boolean {
  if (slice.to < slice.from || slice.to >= entryHead) return true;
  return holds(ranges, { from: slice.to + 1, to: entryHead });
}
