import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { en } from "./en.ts";
import { onEachDay } from "./on-each-day.ts";
import { TimeFormat } from "./time-format.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const format = new TimeFormat(en, "en-GB", "Europe/Berlin");

function watched(at: string) {
  const clock = new ManualClock();
  clock.setForward(Date.parse(at) - clock.now());
  const days: string[] = [];
  const stop = onEachDay(clock, format, () => days.push(format.dayKey(clock.now())));
  return { clock, days, stop };
}

test("[TIM5] a day that turns is told within a minute, once, and so is the next", () => {
  const { clock, days } = watched("2026-03-28T23:10+01:00");
  clock.advance(49 * MINUTE);
  expect(days).toEqual([]);
  clock.advance(2 * MINUTE);
  expect(days).toEqual(["29/03/2026"]);
  // Clocks go forward: it has 23 hours.
  clock.advance(23 * HOUR);
  expect(days).toEqual(["29/03/2026", "30/03/2026"]);
});

test("a clock that is set to another day is noticed within five minutes, whichever way", () => {
  const { clock, days } = watched("2026-07-01T12:00+02:00");
  clock.setForward(24 * HOUR);
  clock.advance(5 * MINUTE);
  clock.setForward(-48 * HOUR);
  clock.advance(5 * MINUTE);
  expect(days).toEqual(["02/07/2026", "30/06/2026"]);
});

test("whoever stops listening hears nothing more", () => {
  const { clock, days, stop } = watched("2026-07-01T23:50+02:00");
  stop();
  clock.advance(HOUR);
  expect(days).toEqual([]);
});
