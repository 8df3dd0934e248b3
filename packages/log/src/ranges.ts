/**
 * Ranges: runs of ordinals that a device knows to be complete. Two entries are neighbours only inside one range; between ranges is a hole.
 * A set is ascending, and its ranges neither overlap nor touch.
 */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Ranges = readonly Range[];

/** Adds a run; runs that overlap or touch become one. */
export function addRange(ranges: Ranges, added: Range): Ranges {
  if (added.to < added.from) return ranges;
  let { from, to } = added;
  const before: Range[] = [];
  const after: Range[] = [];
  for (const range of ranges) {
    if (range.to + 1 < from) before.push(range);
    else if (range.from > to + 1) after.push(range);
    else {
      from = Math.min(from, range.from);
      to = Math.max(to, range.to);
    }
  }
  return [...before, { from, to }, ...after];
}

/** The range that holds an ordinal. */
export function rangeAt(ranges: Ranges, ordinal: number): Range | undefined {
  return ranges.find((range) => ordinal >= range.from && ordinal <= range.to);
}

/** Whether every ordinal of a run is held; an empty run always is. */
export function holds(ranges: Ranges, run: Range): boolean {
  if (run.to < run.from) return true;
  const range = rangeAt(ranges, run.from);
  return range !== undefined && range.to >= run.to;
}

/** The runs of ordinals within [1, entryHead] that no range holds. */
export function holes(ranges: Ranges, entryHead: number): Range[] {
  const found: Range[] = [];
  let next = 1;
  for (const range of ranges) {
    if (range.from > next) found.push({ from: next, to: Math.min(range.from - 1, entryHead) });
    next = range.to + 1;
  }
  if (next <= entryHead) found.push({ from: next, to: entryHead });
  return found.filter((hole) => hole.from <= hole.to);
}

/** Takes a run away. */
export function removeRange(ranges: Ranges, removed: Range): Range[] {
  if (removed.to < removed.from) return [...ranges];
  return ranges
    .flatMap((range) => [
      { from: range.from, to: Math.min(range.to, removed.from - 1) },
      { from: Math.max(range.from, removed.to + 1), to: range.to },
    ])
    .filter((range) => range.from <= range.to);
}
