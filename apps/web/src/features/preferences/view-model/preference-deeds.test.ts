import { expect, test } from "bun:test";
import { muteEnd, muteLengths } from "./preference-deeds.ts";

test("[PRF3] a mute is for an hour, eight, a week, or until it is ended", () => {
  expect(muteLengths.map((length) => muteEnd(length, 1_000))).toEqual([
    3_601_000,
    28_801_000,
    604_801_000,
    Number.POSITIVE_INFINITY,
  ]);
});
