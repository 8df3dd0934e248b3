import { expect, test } from "bun:test";
import { granted, grantedAt, type Pace, restedPace } from "./pace.ts";

/** When requests of these moments are granted. */
function play(moments: readonly number[]): (number | undefined)[] {
  let pace: Pace = restedPace;
  return moments.map((now) => {
    const at = grantedAt(pace, now);
    if (at !== undefined) pace = granted(pace, at);
    return at;
  });
}

test.each([
  ["the first at once", [5], [5]],
  ["the next after a gap, however early it comes", [0, 10], [0, 1_000]],
  ["those that come while one is still to come, never", [0, 10, 20, 900], [0, 1_000, undefined, undefined]],
  ["gaps grow up to 8 s", [0, 0, 1_000, 3_000, 7_000, 15_000], [0, 1_000, 3_000, 7_000, 15_000, 23_000]],
  ["at once after a gap", [0, 1_500, 4_000], [0, 1_500, 4_000]],
  ["as the first after a long pause", [0, 0, 1_000, 33_000, 33_100], [0, 1_000, 3_000, 33_000, 34_000]],
] as const)("[CON8] %s", (_, moments, expected) => {
  expect(play(moments)).toEqual([...expected]);
});
