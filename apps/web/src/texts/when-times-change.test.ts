import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { en } from "./en.ts";
import { TimeFormat } from "./time-format.ts";
import { whenTimesChange } from "./when-times-change.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
function watched(at: string) {
  const clock = new ManualClock();
  clock.setForward(Date.parse(at) - clock.now());
  const device = { zone: "Europe/Berlin" };
  const format = new TimeFormat(en, "en-GB", () => device.zone);
  const days: string[] = [];
  const seers = new Set<() => void>();
  const whenSeen = (listener: () => void) => {
    seers.add(listener);
    return () => seers.delete(listener);
  };
  const stop = whenTimesChange({ clock, format, whenSeen }, () => days.push(format.dayKey(clock.now())));
  const seen = () => {
    for (const see of [...seers]) see();
  };
  return { clock, format, device, days, seen, stop };
}

test("[TIM5] a day that turns is told within a minute, once, and so is the next", () => {
  const { clock, days } = watched("2026-03-28T23:10+01:00");
  clock.advance(49 * MINUTE);
  expect(days).toEqual([]);
  clock.advance(2 * MINUTE);
  expect(days).toEqual(["2026-03-29"]);
  // Clocks go forward: it has 23 hours.
  clock.advance(23 * HOUR);
  expect(days).toEqual(["2026-03-29", "2026-03-30"]);
});

test("a clock that is set to another day is noticed within five minutes, whichever way", () => {
  const { clock, days } = watched("2026-07-01T12:00+02:00");
  clock.setForward(24 * HOUR);
  clock.advance(5 * MINUTE);
  clock.setForward(-48 * HOUR);
  clock.advance(5 * MINUTE);
  expect(days).toEqual(["2026-07-02", "2026-06-30"]);
});

test("[TIM5] a device in another time zone is noticed when somebody looks, and else within five minutes", () => {
  const { clock, format, device, days, seen } = watched("2026-07-01T23:30+02:00");
  const at = clock.now();
  expect(format.time(at)).toBe("23:30");
  device.zone = "Asia/Kolkata";
  seen();
  seen();
  expect(format.time(at)).toBe("03:00");
  expect(days).toEqual(["2026-07-02"]);
  device.zone = "Asia/Kathmandu";
  clock.advance(5 * MINUTE);
  expect(format.time(at)).toBe("03:15");
  expect(days).toEqual(["2026-07-02", "2026-07-02"]);
  expect(format.day(Date.parse("2026-07-01T12:00+02:00"), clock.now())).toBe("Yesterday");
});

test("whoever stops listening hears nothing more", () => {
  const { clock, device, days, seen, stop } = watched("2026-07-01T23:50+02:00");
  stop();
  device.zone = "Asia/Kolkata";
  seen();
  clock.advance(HOUR);
  expect(days).toEqual([]);
});
