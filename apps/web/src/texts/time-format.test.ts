import { describe, expect, test } from "bun:test";
import { en } from "./en.ts";
import { TimeFormat } from "./time-format.ts";

const now = Date.UTC(2026, 2, 18, 12, 0);
const hour = 3_600_000;

function formatIn(timeZone: string) {
  return new TimeFormat(en, "en-GB", timeZone);
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
  test("of devices are recent or exact", () => {
    expect(formatIn("UTC").seen(now - 1000, now)).toBe("just now");
    expect(formatIn("UTC").seen(now - 26 * hour, now)).toBe("Yesterday, 10:00");
  });
});

describe("who is typing", () => {
  test("names two and counts the others", () => {
    expect(en.typing([], 0)).toBe("");
    expect(en.typing(["Ana"], 0)).toBe("Ana is typing…");
    expect(en.typing(["Ana", "Bo"], 0)).toBe("Ana and Bo are typing…");
    expect(en.typing(["Ana", "Bo"], 3)).toBe("Ana, Bo and 3 others are typing…");
  });
});
