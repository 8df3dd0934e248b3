import { expect, test } from "bun:test";
import { median, percentile, percentiles } from "./percentiles.ts";

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test("a percentile is the smallest sample that enough of them do not exceed", () => {
  expect(percentiles(hundred, [0.5, 0.99, 0.999, 1])).toEqual([50, 99, 100, 100]);
  expect(percentile([7], 0.001)).toBe(7);
  expect(percentile([10, 9, 100], 0.5)).toBe(10);
  expect(percentile([], 0.5)).toBeNaN();
});

test("the median of an even number of samples lies between the two in the middle", () => {
  expect(median([4, 1, 3])).toBe(3);
  expect(median([10, 2, 4, 100])).toBe(7);
  expect(median([])).toBeNaN();
});

test("samples are left in the order in which they came", () => {
  const samples = [3, 1, 2];
  median(samples);
  percentile(samples, 0.5);
  expect(samples).toEqual([3, 1, 2]);
});
