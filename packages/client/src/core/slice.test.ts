import { expect, test } from "bun:test";
import { canFollow, grownSlice } from "./slice.ts";

test("[RNG4] a window follows the newest entry as long as nothing between is missing", () => {
  const shown = { from: 52, to: 101 };
  expect(canFollow(shown, 101, [])).toBe(true);
  expect(canFollow(shown, 110, [{ from: 1, to: 110 }])).toBe(true);
  expect(canFollow(shown, 110, [{ from: 102, to: 110 }])).toBe(true);
  expect(canFollow(shown, 601, [{ from: 552, to: 601 }])).toBe(false);
});

test("[RNG4] a window whose reader is further up grows to its bound, and loses no row", () => {
  expect(grownSlice({ from: 52, to: 101 }, 110)).toEqual({ from: 52, to: 110 });
  expect(grownSlice({ from: 52, to: 101 }, 251)).toEqual({ from: 52, to: 251 });
  expect(grownSlice({ from: 52, to: 101 }, 252)).toEqual({ from: 52, to: 251 });
  expect(grownSlice({ from: 52, to: 251 }, 800)).toEqual({ from: 52, to: 251 });
  expect(grownSlice({ from: 52, to: 101 }, 30)).toEqual({ from: 1, to: 30 });
});

test("a window without rows, or behind a history that is shorter now, goes to the newest entry", () => {
  expect(canFollow({ from: 1, to: 0 }, 601, [{ from: 552, to: 601 }])).toBe(true);
  expect(canFollow({ from: 52, to: 101 }, 30, [])).toBe(true);
});
