import { create } from "@bufbuild/protobuf";
import { type Skip, SkipSchema } from "@parley/protocol";
import type { PlacedInterval } from "./records.ts";

/** A stretch of ordinals that is visible as a whole or not at all; `seq` is the last seq of the log that belongs to it. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly visible: boolean;
  readonly seq: number;
}

/** Cuts the ordinals 1 to `entryHead` where visibility changes. */
export function segmentsOf(intervals: readonly PlacedInterval[], entryHead: number, head: number): Segment[] {
  const segments: Segment[] = [];
  let next = 1;
  for (const { from, to, fromOrdinal, toOrdinal } of intervals) {
    if (fromOrdinal > next) segments.push({ from: next, to: fromOrdinal - 1, visible: false, seq: from - 1 });
    const last = toOrdinal === 0 ? entryHead : toOrdinal;
    segments.push({ from: fromOrdinal, to: last, visible: true, seq: to === 0 ? head : to });
    next = last + 1;
  }
  return segments;
}

/** The visible ordinals just before `end` (not included), at most `limit`; hidden stretches among them and next to them come along. */
export function takeBefore(segments: readonly Segment[], end: number, limit: number): Segment[] {
  const taken: Segment[] = [];
  let left = limit;
  for (const segment of segments.toReversed()) {
    const to = Math.min(segment.to, end - 1);
    if (to < segment.from) continue;
    if (!segment.visible) {
      taken.unshift({ ...segment, to });
      continue;
    }
    if (left === 0) break;
    const from = Math.max(segment.from, to - left + 1);
    taken.unshift({ ...segment, from, to });
    left -= to - from + 1;
    if (from > segment.from) break;
  }
  return taken;
}

/** The visible ordinals just after `start` (not included), as `takeBefore`. */
export function takeAfter(segments: readonly Segment[], start: number, limit: number): Segment[] {
  const taken: Segment[] = [];
  let left = limit;
  for (const segment of segments) {
    const from = Math.max(segment.from, start + 1);
    if (from > segment.to) continue;
    if (!segment.visible) {
      taken.push({ ...segment, from });
      continue;
    }
    if (left === 0) break;
    const to = Math.min(segment.to, from + left - 1);
    taken.push({ ...segment, from, to });
    left -= to - from + 1;
    if (to < segment.to) break;
  }
  return taken;
}

export function skipOf({ from, to, seq }: Segment): Skip {
  return create(SkipSchema, { seq, fromOrdinal: from, toOrdinal: to });
}
