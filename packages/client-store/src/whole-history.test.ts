import { expect, test } from "bun:test";
import { withHeldOnly } from "./whole-history.ts";

const keys = (conversation: string, ...ordinals: number[]) =>
  ordinals.map((ordinal): [string, number] => [conversation, ordinal]);

test("[STO10] records name the entries that are there, and those that nobody may see", () => {
  const whole = { id: "whole", ranges: [{ from: 1, to: 3 }], staleRanges: [], skips: [] };
  const begun = { id: "begun", ranges: [{ from: 1, to: 6 }], staleRanges: [{ from: 9, to: 10 }], skips: [] };
  const skips = [{ fromOrdinal: 4, toOrdinal: 5 }];
  const skipped = { id: "skipped", ranges: [{ from: 2, to: 8 }], staleRanges: [], skips };
  const gone = { id: "gone", ranges: [{ from: 1, to: 2 }], staleRanges: [{ from: 7, to: 9 }], skips: [] };
  const held = [...keys("whole", 1, 2, 3), ...keys("begun", 4, 5, 6, 10), ...keys("skipped", 3, 6, 8)];
  expect(withHeldOnly([whole, begun, skipped, gone], held)).toEqual([
    { ...begun, ranges: [{ from: 4, to: 6 }], staleRanges: [{ from: 10, to: 10 }] },
    {
      ...skipped,
      ranges: [
        { from: 3, to: 6 },
        { from: 8, to: 8 },
      ],
    },
    { ...gone, ranges: [], staleRanges: [] },
  ]);
});
