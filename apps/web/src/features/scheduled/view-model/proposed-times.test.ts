import { describe, expect, test } from "bun:test";
import { fieldTime } from "../../../times/field-time.ts";
import { proposedTimes, reminderTimes } from "./proposed-times.ts";

/** By the clock and calendar of this machine, wherever it is. */
const local = (day: number, hours: number, minutes = 0) => new Date(2026, 2, day, hours, minutes).getTime();
const shown = (now: number) => proposedTimes(now).map(({ name, at }) => `${name} ${fieldTime(at).slice(8)}`);

describe("times at which to send", () => {
  test("on a Tuesday morning", () => {
    expect(shown(local(3, 9, 12))).toEqual([
      "hour 03T10:15",
      "evening 03T18:00",
      "tomorrow 04T09:00",
      "monday 09T09:00",
    ]);
  });

  test("late in the evening today is over", () => {
    expect(shown(local(3, 22))).toEqual(["hour 03T23:00", "tomorrow 04T09:00", "monday 09T09:00"]);
  });

  test("on a Sunday tomorrow is Monday, and on a Monday that is in a week", () => {
    expect(shown(local(8, 17, 30))).toEqual(["hour 08T18:30", "tomorrow 09T09:00"]);
    expect(shown(local(9, 9))).toContain("monday 16T09:00");
  });
});

test("[REM1] one is reminded soon, or in the morning of tomorrow or of the next Monday", () => {
  const shownFor = (now: number) => reminderTimes(now).map(({ name, at }) => `${name} ${fieldTime(at).slice(8)}`);
  expect(shownFor(local(3, 9, 12))).toEqual([
    "minutes 03T09:32",
    "hour 03T10:12",
    "hours 03T12:12",
    "tomorrow 04T09:00",
    "monday 09T09:00",
  ]);
  expect(shownFor(local(8, 7))).toEqual(["minutes 08T07:20", "hour 08T08:00", "hours 08T10:00", "tomorrow 09T09:00"]);
});
