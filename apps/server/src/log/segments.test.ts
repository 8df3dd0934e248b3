import { describe, expect, test } from "bun:test";
import type { PlacedInterval } from "./records.ts";
import { type Segment, segmentsOf, takeAfter, takeBefore } from "./segments.ts";

/** Seen: ordinals 4 to 6 and 10 to 12, of 15 seqs. */
const intervals: readonly PlacedInterval[] = [
  { $typeName: "parley.v1.Interval", from: 5, to: 8, fromOrdinal: 4, toOrdinal: 6 },
  { $typeName: "parley.v1.Interval", from: 12, to: 0, fromOrdinal: 10, toOrdinal: 0 },
];
const segments = segmentsOf(intervals, 12, 15);

function shown(taken: readonly Segment[]): string {
  return taken.map(({ from, to, visible }) => `${visible ? "" : "-"}${from}..${to}`).join(" ");
}

test("ordinals are cut where visibility changes", () => {
  expect(shown(segments)).toBe("-1..3 4..6 -7..9 10..12");
  expect(segments.map(({ seq }) => seq)).toEqual([4, 8, 11, 15]);
  expect(segmentsOf([], 0, 0)).toEqual([]);
});

describe("taking", () => {
  test.each([
    [13, 2, "11..12"],
    [13, 3, "-7..9 10..12"],
    [13, 4, "6..6 -7..9 10..12"],
    [13, 6, "-1..3 4..6 -7..9 10..12"],
    [9, 1, "6..6 -7..8"],
    [4, 5, "-1..3"],
    [1, 5, ""],
  ])("before %p, %p of them", (end, limit, expected) => {
    expect(shown(takeBefore(segments, end, limit))).toBe(expected);
  });

  test.each([
    [0, 1, "-1..3 4..4"],
    [0, 3, "-1..3 4..6 -7..9"],
    [4, 3, "5..6 -7..9 10..10"],
    [7, 9, "-8..9 10..12"],
    [12, 9, ""],
  ])("after %p, %p of them", (start, limit, expected) => {
    expect(shown(takeAfter(segments, start, limit))).toBe(expected);
  });
});
