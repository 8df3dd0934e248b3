import { expect, test } from "bun:test";
import { nothingHidden } from "./account-hidden.ts";
import { lookBack, nothingToShow } from "./look-back.ts";

test("[HID2] [VIS3] what is hidden, cleared or out of sight is passed over, however much it is", () => {
  const runs = [
    { from: 20, to: 29 },
    { from: 60, to: 90_000 },
  ];
  const skips = [{ fromOrdinal: 50, toOrdinal: 59 }];
  const past = nothingToShow({ skips }, { ...nothingHidden, runs, pendingUpTo: 5 });
  const steps: unknown[] = [];
  for (let run = lookBack(80_000, past, 10); run !== undefined; run = lookBack(run.from - 1, past, 10)) {
    steps.push([run.from, run.to]);
  }
  expect(steps).toEqual([
    [40, 49],
    [30, 39],
    [10, 19],
    [6, 9],
  ]);
});

test("there is nothing to look at before the first entry", () => {
  expect(lookBack(0, [], 50)).toBeUndefined();
  expect(lookBack(7, [{ from: 1, to: Number.POSITIVE_INFINITY }], 50)).toBeUndefined();
});
