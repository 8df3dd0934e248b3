import { describe, expect, test } from "bun:test";
import { distanceTo, drawnIndexes, firstWindow, rowsMoved, windowAt } from "./row-window.ts";

const at = (scrolled: number) => ({ scrolled, viewport: 700, row: 70 });

describe("the window of a long list", () => {
  test("is round the viewport, and a bounded one", () => {
    expect(windowAt(at(0), firstWindow)).toEqual({ first: 0, end: 50 });
    for (const scrolled of [0, 33, 70_000, 139_300]) {
      const { first, end } = windowAt(at(scrolled), firstWindow);
      expect(first).toBeLessThanOrEqual(Math.max(0, scrolled / 70 - 40));
      expect(end).toBeGreaterThanOrEqual((scrolled + 700) / 70 + 40);
      expect(end - first).toBeLessThanOrEqual(110);
    }
  });

  test("is the same object while it is the same rows, or cannot be known", () => {
    const window = windowAt(at(7_010), firstWindow);
    expect(windowAt(at(7_330), window)).toBe(window);
    expect(windowAt({ scrolled: 0, viewport: 0, row: 0 }, window)).toBe(window);
  });

  test("ends with the list, and keeps one row whatever is in view", () => {
    const window = { first: 10, end: 20 };
    expect(drawnIndexes(window, 12, -1)).toEqual([10, 11]);
    expect(drawnIndexes(window, 5, 2)).toEqual([2]);
    expect(drawnIndexes({ first: 10, end: 13 }, 99, 4)).toEqual([4, 10, 11, 12]);
    expect(drawnIndexes({ first: 10, end: 13 }, 99, 50)).toEqual([10, 11, 12, 50]);
    expect(drawnIndexes({ first: 10, end: 13 }, 99, 11)).toEqual([10, 11, 12]);
  });
});

test("a row is brought into view by the shortest way", () => {
  expect(distanceTo(12, at(700))).toBe(0);
  expect(distanceTo(9, at(700))).toBe(-70);
  expect(distanceTo(20, at(700))).toBe(70);
});

describe("what is in view when the order changes", () => {
  const order = ["a", "b", "c", "d", "e", "f"];

  test("moved down by one where another came above it", () => {
    expect(rowsMoved(order, ["f", "a", "b", "c", "d", "e"], 2)).toBe(1);
  });

  test("moved with those that stayed, even where the first in view has gone up", () => {
    expect(rowsMoved(order, ["c", "a", "b", "d", "e", "f"], 2)).toBe(0);
  });

  test("did not move where nothing of it is left", () => {
    expect(rowsMoved(order, ["x", "y"], 2)).toBe(0);
    expect(rowsMoved(order, order, 2)).toBe(0);
  });
});
