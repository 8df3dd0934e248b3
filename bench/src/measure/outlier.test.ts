import { expect, test } from "bun:test";
import { outlierOf } from "./outlier.ts";

/** 50 a second for four seconds, with some that were slow. */
function pages(slow: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 200 }, (_, index) => slow[index] ?? 2);
}

test("nothing is told where nothing was slow", () => {
  expect(outlierOf(pages({}), 50, [], 100, 10)).toBeUndefined();
});

test("what was slow together is one episode, and pings in that time are told of", () => {
  const pings = Array.from({ length: 400 }, (_, index) => (index === 205 ? 90 : 1));
  expect(outlierOf(pages({ 100: 120, 101: 100, 180: 30 }), 50, pings, 100, 10)).toBe(
    "3 at 2.0 s, 3.6 s (up to 120 ms; pings in that time up to 90 ms)",
  );
});

test("pings at other times are not", () => {
  const pings = Array.from({ length: 400 }, (_, index) => (index === 50 ? 90 : 1));
  expect(outlierOf(pages({ 100: 120 }), 50, pings, 100, 10)).toBe(
    "1 at 2.0 s (up to 120 ms; pings in that time up to 1 ms)",
  );
});
