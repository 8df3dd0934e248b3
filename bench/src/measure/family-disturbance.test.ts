import { expect, test } from "bun:test";
import { familySeconds, relativeOf } from "./family-disturbance.ts";

test("reads the parent of a process, and its time with that of children that have ended", () => {
  const stat = "42 (a (strange) name) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 25 75 20 0 9 0 100 0 0";
  expect(relativeOf(stat)).toEqual({ parent: 7, seconds: 3 });
});

test("counts a process and all that came from it, and nobody else", () => {
  const all = new Map([
    [1, { parent: 0, seconds: 100 }],
    [10, { parent: 1, seconds: 1 }],
    [11, { parent: 10, seconds: 2 }],
    [12, { parent: 11, seconds: 4 }],
    [20, { parent: 1, seconds: 50 }],
  ]);
  expect(familySeconds(all, 10)).toBe(7);
});
