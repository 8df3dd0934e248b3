import { expect, test } from "bun:test";
import type { Budget, Finding } from "./finding.ts";
import { judged } from "./judged.ts";

const atMost: Budget = { bound: "at most", must: 200, aim: 100 };
const atLeast: Budget = { bound: "at least", must: 0.3, aim: 0.6 };

function finding(runs: readonly number[], more: Partial<Finding> = {}): Finding {
  return { id: "row", title: "Row", unit: "µs", runs, details: {}, ...more };
}

test("what was measured is the median of the runs", () => {
  expect(judged(finding([5, 1, 3])).measured).toBe(3);
});

test("without a baseline the budget applies to what was measured", () => {
  expect(judged(finding([100], { budget: atMost })).verdict).toBe("aim");
  expect(judged(finding([100.1], { budget: atMost })).verdict).toBe("must");
  expect(judged(finding([200], { budget: atMost })).verdict).toBe("must");
  expect(judged(finding([200.1], { budget: atMost })).verdict).toBe("missed");
});

test("with a baseline it applies to the ratio, taken run by run", () => {
  const runs = [10, 90, 30];
  const baseline = { name: "raw", runs: [100, 100, 50] };
  const { measured, ratio, verdict, baseline: raw } = judged(finding(runs, { budget: atLeast, baseline }));
  expect({ measured, ratio, raw, verdict }).toEqual({ measured: 30, ratio: 0.6, raw: 100, verdict: "aim" });
});

test("a value too small for a budget that wants much has missed", () => {
  const baseline = { name: "raw", runs: [100] };
  expect(judged(finding([29], { budget: atLeast, baseline })).verdict).toBe("missed");
  expect(judged(finding([30], { budget: atLeast, baseline })).verdict).toBe("must");
});

test("what could not be measured has missed, and nothing promised is only shown", () => {
  expect(judged(finding([], { budget: atMost })).verdict).toBe("missed");
  expect(judged(finding([], { budget: atLeast })).verdict).toBe("missed");
  expect(judged(finding([1])).verdict).toBe("shown");
});

test("a run without its baseline is refused", () => {
  expect(() => judged(finding([1, 2], { baseline: { name: "raw", runs: [1] } }))).toThrow(RangeError);
});
