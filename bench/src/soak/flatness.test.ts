import { expect, test } from "bun:test";
import { SeededRandom } from "@parley/simulation";
import { type Allowance, flatnessOf, type Point } from "./flatness.ts";

const SECONDS = 600;
const MB = 1_000_000;
const memory: Allowance = { absolute: MB, share: 0.03 };
const exact: Allowance = { absolute: 2, share: 0 };

function series(valueAt: (second: number, random: SeededRandom) => number, everyS = 2): Point[] {
  const random = new SeededRandom("series");
  return Array.from({ length: SECONDS / everyS }, (_, index) => ({
    atS: index * everyS,
    value: valueAt(index * everyS, random),
  }));
}

/** Grows by what is allocated and falls back at each collection. */
function sawTooth(second: number, periodS: number, height: number): number {
  return ((second % periodS) / periodS) * height;
}

const verdict = (points: readonly Point[], allowance = memory) => flatnessOf(points, allowance).verdict;

test("noise and saw teeth around a level are flat", () => {
  expect(verdict(series(() => 100 * MB))).toBe("flat");
  expect(verdict(series((_, random) => 100 * MB + random.fraction() * 20 * MB))).toBe("flat");
  expect(verdict(series((second) => 100 * MB + sawTooth(second, 47, 60 * MB)))).toBe("flat");
  expect(
    verdict(
      series((_, random) => random.integer(0, 40)),
      exact,
    ),
  ).toBe("flat");
  expect(
    verdict(
      series(() => 0),
      exact,
    ),
  ).toBe("flat");
});

test("a start that warms up, and a fall, are flat", () => {
  expect(verdict(series((second) => 50 * MB + Math.min(second, 200) * MB))).toBe("flat");
  expect(verdict(series((second) => 900 * MB - second * MB))).toBe("flat");
});

test("a leak is caught in noise and under saw teeth", () => {
  const leak = (second: number) => second * 0.02 * MB;
  expect(verdict(series((second) => 100 * MB + leak(second)))).toBe("grows");
  expect(verdict(series((second, random) => 100 * MB + leak(second) + random.fraction() * 20 * MB))).toBe("grows");
  expect(verdict(series((second) => 100 * MB + leak(second) + sawTooth(second, 13, 40 * MB)))).toBe("grows");
  const handles = series((second, random) => 60 + Math.floor(second / 40) + random.integer(0, 10));
  expect(verdict(handles, exact)).toBe("grows");
});

test("one block that stands out decides nothing", () => {
  expect(verdict(series((second) => (second > 560 ? 200 : 100) * MB))).toBe("flat");
});

test("a rise within the allowance is flat, and is told", () => {
  const flatness = flatnessOf(
    series((second) => 100 * MB + second * 0.005 * MB),
    memory,
  );
  expect(flatness).toMatchObject({ verdict: "flat", allowed: expect.closeTo(3.06 * MB, -5) });
  if (flatness.verdict === "too short") throw new Error("It is long enough.");
  expect(flatness.rise / MB).toBeCloseTo(1.35, 1);
});

test("a few points decide nothing", () => {
  expect(verdict(series((second) => second * MB, 60))).toBe("too short");
  expect(verdict([])).toBe("too short");
});
