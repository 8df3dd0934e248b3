import { describe, expect, test } from "bun:test";
import { addRange, holds, type Ranges } from "@parley/log";
import fc from "fast-check";
import {
  drawnIn,
  fetchedFor,
  followedSlice,
  isShort,
  largestSlice,
  longestSlice,
  newestSlice,
  type Slice,
  sliceAround,
} from "./slice.ts";
import { isAtOldest, planJump, planNewer, planOlder, type WindowPlan } from "./window-plan.ts";

const ranges: Ranges = [
  { from: 1, to: 100 },
  { from: 301, to: 1_000 },
];
const nothingHidden: Ranges = [];
const held = { ranges, entryHead: 1_000, hidden: nothingHidden, undrawn: nothingHidden, online: true };
const offline = { ...held, online: false };

describe("older", () => {
  test.each<[string, Slice, WindowPlan]>([
    ["held", { from: 951, to: 1_000 }, { kind: "move", slice: { from: 926, to: 1_000 } }],
    ["at the oldest", { from: 1, to: 50 }, { kind: "stay" }],
    ["not held", { from: 320, to: 400 }, { kind: "fetch", slice: { from: 295, to: 400 } }],
    ["too many rows", { from: 801, to: 1_000 }, { kind: "move", slice: { from: 776, to: 975 } }],
  ])("%s", (_, slice, plan) => expect(planOlder(slice, held)).toEqual(plan));

  test("offline, as far as it is held", () => {
    expect(planOlder({ from: 320, to: 400 }, offline)).toEqual({ kind: "move", slice: { from: 301, to: 400 } });
    expect(planOlder({ from: 301, to: 400 }, offline)).toEqual({ kind: "unavailable" });
  });
});

describe("what was cleared", () => {
  const cleared = { ...held, hidden: [{ from: 1, to: 900 }] };

  test("is not gone back to", () => {
    expect(planOlder({ from: 921, to: 1_000 }, cleared)).toEqual({ kind: "move", slice: { from: 901, to: 1_000 } });
    expect(planOlder({ from: 901, to: 1_000 }, cleared)).toEqual({ kind: "stay" });
    expect(newestSlice(900, cleared.hidden)).toEqual({ from: 901, to: 900 });
    expect(followedSlice({ from: 901, to: 900 }, 901)).toEqual({ from: 901, to: 901 });
  });
});

describe("newer", () => {
  test.each<[string, Slice, WindowPlan]>([
    ["held", { from: 301, to: 350 }, { kind: "move", slice: { from: 301, to: 375 } }],
    ["at the newest", { from: 951, to: 1_000 }, { kind: "stay" }],
    ["not held", { from: 61, to: 90 }, { kind: "fetch", slice: { from: 61, to: 115 } }],
    ["too many rows", { from: 301, to: 500 }, { kind: "move", slice: { from: 326, to: 525 } }],
  ])("%s", (_, slice, plan) => expect(planNewer(slice, held)).toEqual(plan));

  test("offline, as far as it is held", () => {
    expect(planNewer({ from: 61, to: 90 }, offline)).toEqual({ kind: "move", slice: { from: 61, to: 100 } });
    expect(planNewer({ from: 61, to: 100 }, offline)).toEqual({ kind: "unavailable" });
  });
});

test("[HID2] a step fills itself with what is not hidden, as long as the window keeps what it shows", () => {
  const hidden: Ranges = [
    { from: 500, to: 700 },
    { from: 941, to: 945 },
    { from: 960, to: 980 },
  ];
  expect(newestSlice(1_000, hidden)).toEqual({ from: 925, to: 1_000 });
  const slice = { from: 925, to: 1_000 };
  expect(planOlder(slice, { ...held, hidden })).toEqual({ kind: "move", slice: { from: 900, to: 1_000 } });
  const before = { from: 720, to: 800 };
  expect(planOlder(before, { ...held, hidden })).toEqual({ kind: "move", slice: { from: 545, to: 744 } });
});

test("[DIS5] what has disappeared pushes nothing out of a window", () => {
  const undrawn: Ranges = [{ from: 311, to: 990 }];
  const where = { ...held, undrawn };
  expect(planOlder({ from: 801, to: 1_000 }, where)).toEqual({ kind: "move", slice: { from: 776, to: 1_000 } });
  expect(planNewer({ from: 301, to: 980 }, where)).toEqual({ kind: "move", slice: { from: 301, to: 1_000 } });
  expect(followedSlice({ from: 301, to: 1_000 }, 1_010, undrawn)).toEqual({ from: 301, to: 1_010 });
  expect(isShort({ from: 801, to: 1_000 }, where)).toBe(true);
  expect(isShort({ from: 261, to: 1_000 }, where)).toBe(false);
  expect(isShort({ from: 1, to: 30 }, where)).toBe(false);
});

test("[DIS5] a window goes back over only so much that has disappeared, unless it is full of other rows", () => {
  const far = { ranges: [{ from: 1, to: 9_000 }], entryHead: 9_000, hidden: nothingHidden, online: true };
  const few = { ...far, undrawn: [{ from: 1, to: 8_990 }] };
  const reaching = { from: 9_000 - longestSlice + 1, to: 9_000 };
  expect(planOlder(reaching, few)).toEqual({ kind: "stay" });
  expect([isAtOldest(reaching, few), isShort(reaching, few)]).toEqual([true, false]);
  const many = { ...far, undrawn: [{ from: 7_151, to: 8_990 }] };
  expect(planOlder(reaching, many)).toEqual({ kind: "move", slice: { from: 6_976, to: 8_975 } });
  expect(isAtOldest(reaching, many)).toBe(false);
});

test("twice as much is fetched for a window as it grows by, as far as there is so much", () => {
  const now = { from: 101, to: 150 };
  expect(fetchedFor({ from: 76, to: 150 }, now, 1_000)).toEqual({ from: 51, to: 150 });
  expect(fetchedFor({ from: 101, to: 175 }, now, 1_000)).toEqual({ from: 101, to: 200 });
  expect(fetchedFor({ from: 101, to: 175 }, now, 180)).toEqual({ from: 101, to: 180 });
  expect(fetchedFor({ from: 5, to: 60 }, { from: 20, to: 60 }, 60)).toEqual({ from: 1, to: 60 });
});

test("jumps move at once where they can fetch", () => {
  const slice = sliceAround(200, 1_000);
  expect(planJump(slice, 200, held).kind).toBe("move-and-fetch");
  expect(planJump(slice, 200, offline).kind).toBe("unavailable");
  expect(planJump(newestSlice(1_000), 1_000, offline).kind).toBe("move");
});

test("[SEA4] without the server a jump goes to what is held round its aim", () => {
  expect(planJump(sliceAround(90, 1_000), 90, offline)).toEqual({ kind: "move", slice: { from: 65, to: 100 } });
  expect(planJump(sliceAround(301, 1_000), 301, offline)).toEqual({ kind: "move", slice: { from: 301, to: 325 } });
  expect(planJump(sliceAround(300, 1_000), 300, offline)).toEqual({ kind: "unavailable" });
});

test("whatever is done, a slice stays within the conversation and its bound", () => {
  const run = fc.record({ from: fc.integer({ min: 1, max: 500 }), length: fc.nat({ max: 80 }) });
  const moves = fc.array(fc.constantFrom("older", "newer", "jump", "follow"), { maxLength: 40 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(run),
      moves,
      fc.boolean(),
      fc.array(run),
      (entryHead, runs, steps, online, notShown) => {
        const hidden = notShown.map(({ from, length }) => ({ from, to: from + length })).reduce<Ranges>(addRange, []);
        const known = runs
          .map(({ from, length }) => ({ from, to: Math.min(entryHead, from + length) }))
          .reduce<Ranges>(addRange, []);
        const where = { ranges: known, entryHead, hidden, undrawn: hidden, online };
        let slice = newestSlice(entryHead, hidden);
        for (const step of steps) {
          const plan = planOf(step, slice, where);
          if ("slice" in plan) slice = plan.slice;
          if (step === "follow") slice = followedSlice(slice, entryHead, hidden);
          expect(slice.from).toBeGreaterThanOrEqual(1);
          expect(slice.to).toBeLessThanOrEqual(entryHead);
          // Without any rows it is where everything was cleared.
          const last = holds(hidden, { from: 1, to: entryHead }) ? slice.from - 1 : slice.from;
          expect(slice.to).toBeGreaterThanOrEqual(last);
          expect(drawnIn(slice, hidden)).toBeLessThanOrEqual(largestSlice);
          expect(slice.to - slice.from).toBeLessThan(longestSlice);
        }
      },
    ),
  );
});

function planOf(step: string, slice: Slice, where: typeof held): WindowPlan {
  if (step === "older") return planOlder(slice, where);
  if (step === "newer") return planNewer(slice, where);
  return step === "jump" ? planJump(sliceAround(slice.from, where.entryHead), slice.from, where) : { kind: "stay" };
}
