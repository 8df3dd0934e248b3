import { describe, expect, test } from "bun:test";
import { fieldTime, timeOfField } from "./field-time.ts";

/** By the clock and calendar of this machine, wherever it is. */
const local = (day: number, hours: number, minutes = 0) => new Date(2026, 2, day, hours, minutes).getTime();

describe("the field of a date and a time", () => {
  test("says a time of the device to the minute, and is read as one", () => {
    expect(fieldTime(local(3, 9, 5) + 31_000)).toBe("2026-03-03T09:05");
    expect(timeOfField("2026-03-03T09:05")).toBe(local(3, 9, 5));
  });

  test("may say nothing", () => {
    for (const value of ["", "soon"]) expect(timeOfField(value)).toBeUndefined();
  });
});
