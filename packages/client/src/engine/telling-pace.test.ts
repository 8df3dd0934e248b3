import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { TellingPace } from "./telling-pace.ts";

/** A clock on which work takes time. */
class WorkClock extends ManualClock {
  #worked = 0;

  work(ms: number): void {
    this.#worked += ms;
  }

  override elapsed(): number {
    return super.elapsed() + this.#worked;
  }
}

test("what takes no time needs no rest", () => {
  const pace = new TellingPace(new WorkClock());
  expect(pace.restMs).toBe(0);
  pace.run(() => undefined);
  expect(pace.restMs).toBe(0);
});

test("telling takes a quarter of the time at most, and views are never behind by more than 100 ms", async () => {
  const clock = new WorkClock();
  const pace = new TellingPace(clock);
  pace.run(() => clock.work(4));
  expect(pace.restMs).toBe(12);
  await clock.advance(12);
  expect(pace.restMs).toBe(0);
  pace.run(() => clock.work(400));
  expect(pace.restMs).toBe(100);
});
