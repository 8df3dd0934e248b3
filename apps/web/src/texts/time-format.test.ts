import { describe, expect, test } from "bun:test";
import { en } from "./en.ts";
import { TimeFormat } from "./time-format.ts";

const now = Date.UTC(2026, 2, 18, 12, 0);
const hour = 3_600_000;

function formatIn(timeZone: string) {
  return new TimeFormat(en, "en-GB", () => timeZone);
}

describe("times", () => {
  test("in a list say as much as is needed", () => {
    const format = formatIn("UTC");
    expect(format.short(now - hour, now)).toBe("11:00");
    expect(format.short(now - 24 * hour, now)).toBe("Yesterday");
    expect(format.short(now - 72 * hour, now)).toBe("Sun");
    expect(format.short(now - 300 * hour, now)).toBe("06/03/26");
    expect(format.short(now + 30 * hour, now)).toBe("19/03/26");
  });
  test("belong to the day of the reader's time zone", () => {
    const lateEvening = Date.UTC(2026, 2, 17, 23, 30);
    expect(formatIn("UTC").day(lateEvening, now)).toBe("Yesterday");
    expect(formatIn("Europe/Berlin").day(lateEvening, now)).toBe("Today");
  });
  test("of another year name the year", () => {
    expect(formatIn("UTC").day(Date.UTC(2024, 0, 2), now)).toContain("2024");
    expect(formatIn("UTC").day(Date.UTC(2026, 0, 2), now)).not.toContain("2026");
  });
  test("are shown also where the browser names a language that is none", () => {
    expect(new TimeFormat(en, "C", () => "UTC").day(now, now)).toBe("Today");
  });
  test("of devices are recent or exact", () => {
    expect(formatIn("UTC").seen(now - 1000, now)).toBe("just now");
    expect(formatIn("UTC").seen(now - 26 * hour, now)).toBe("Yesterday, 10:00");
  });
});

/** Times of day of a zone, as they are where clocks are changed. */
const zones = [
  // The day before was 23 hours long: it began as winter time and ended as summer time.
  [
    "Europe/Berlin",
    "the day after clocks went forward",
    "2026-03-30T00:30+02:00",
    "2026-03-29T00:10+01:00",
    "2026-03-28T23:50+01:00",
  ],
  [
    "America/New_York",
    "the day after clocks went forward",
    "2026-03-09T00:30-04:00",
    "2026-03-08T00:10-05:00",
    "2026-03-07T23:50-05:00",
  ],
  // Today has 25 hours: a day before its evening is its own morning.
  [
    "Europe/Berlin",
    "the evening after clocks went back",
    "2026-10-25T23:30+01:00",
    "2026-10-24T00:10+02:00",
    "2026-10-23T23:50+02:00",
  ],
  [
    "America/New_York",
    "the evening after clocks went back",
    "2026-11-01T23:30-05:00",
    "2026-10-31T00:10-04:00",
    "2026-10-30T23:50-04:00",
  ],
  // Samoa left the 30th out.
  [
    "Pacific/Apia",
    "the day after one that was left out",
    "2011-12-31T00:30+14:00",
    "2011-12-29T12:00-10:00",
    "2011-12-28T23:50-10:00",
  ],
  ["Pacific/Apia", "an ordinary day", "2026-07-01T12:00+13:00", "2026-06-30T00:10+13:00", "2026-06-29T23:50+13:00"],
  ["Asia/Kolkata", "an ordinary day", "2026-07-01T00:10+05:30", "2026-06-30T00:10+05:30", "2026-06-29T23:50+05:30"],
] as const;

describe("[TIM5] yesterday", () => {
  test.each(zones)("in %s, %s", (zone, _, at, yesterday, before) => {
    const format = formatIn(zone);
    expect(format.day(Date.parse(at), Date.parse(at))).toBe("Today");
    expect(format.day(Date.parse(yesterday), Date.parse(at))).toBe("Yesterday");
    expect(format.short(Date.parse(yesterday), Date.parse(at))).toBe("Yesterday");
    expect(format.day(Date.parse(before), Date.parse(at))).not.toBe("Yesterday");
  });
});

describe("the next day begins", () => {
  test.each([
    ["Europe/Berlin", "2026-03-29T00:30+01:00", "2026-03-30T00:00+02:00"],
    ["Europe/Berlin", "2026-10-25T00:30+02:00", "2026-10-26T00:00+01:00"],
    ["Asia/Kolkata", "2026-07-01T23:59:30+05:30", "2026-07-02T00:00+05:30"],
    ["Pacific/Apia", "2011-12-29T22:00-10:00", "2011-12-31T00:00+14:00"],
  ])("in %s after %s", (zone, at, next) => {
    const found = formatIn(zone).nextDay(Date.parse(at));
    expect(found).toBeGreaterThanOrEqual(Date.parse(next));
    expect(found - Date.parse(next)).toBeLessThanOrEqual(60_000);
  });
});

test("an hour that happens twice is one day, and both its times are those of the clock", () => {
  const format = formatIn("Europe/Berlin");
  const [first, second] = [Date.parse("2026-10-25T02:30+02:00"), Date.parse("2026-10-25T02:30+01:00")];
  expect([format.time(first), format.time(second)]).toEqual(["02:30", "02:30"]);
  expect(format.dayKey(first)).toBe(format.dayKey(second));
});

describe("who is typing", () => {
  test("names two and counts the others", () => {
    expect(en.typing([], 0)).toBe("");
    expect(en.typing(["Ana"], 0)).toBe("Ana is typing…");
    expect(en.typing(["Ana", "Bo"], 0)).toBe("Ana and Bo are typing…");
    expect(en.typing(["Ana", "Bo"], 3)).toBe("Ana, Bo and 3 others are typing…");
  });
});
