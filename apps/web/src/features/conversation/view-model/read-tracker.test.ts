import { describe, expect, test } from "bun:test";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { ReadTracker } from "./read-tracker.ts";

function track(looking: boolean) {
  const clock = new ManualClock();
  const attention = new ObservedValue(looking);
  const marks: number[] = [];
  const tracker = new ReadTracker(attention, clock, (ordinal) => marks.push(ordinal));
  return { clock, attention, marks, tracker };
}

describe("what counts as read", () => {
  test("is gathered into one mark", () => {
    const { clock, marks, tracker } = track(true);
    tracker.start(3);
    for (const ordinal of [4, 7, 9]) tracker.inView(ordinal);
    expect(marks).toEqual([]);
    clock.advance(1000);
    expect(marks).toEqual([9]);
  });

  test("is nothing while nobody looks, and what is in view once somebody does", () => {
    const { clock, attention, marks, tracker } = track(false);
    tracker.start(0);
    tracker.inView(5);
    clock.advance(60_000);
    expect(marks).toEqual([]);
    attention.set(true);
    clock.advance(1000);
    expect(marks).toEqual([5]);
  });

  test("is nothing if they looked away before the mark went off", () => {
    const { clock, attention, marks, tracker } = track(true);
    tracker.start(0);
    tracker.inView(5);
    attention.set(false);
    clock.advance(1000);
    expect(marks).toEqual([]);
  });

  test("never goes back, and is not said twice", () => {
    const { clock, marks, tracker } = track(true);
    tracker.start(6);
    for (const ordinal of [2, 6, 8, 3, 8]) {
      tracker.inView(ordinal);
      clock.advance(1000);
    }
    expect(marks).toEqual([8]);
  });

  test("waits until the mark from before is known", () => {
    const { clock, marks, tracker } = track(true);
    tracker.inView(5);
    clock.advance(1000);
    expect(marks).toEqual([]);
    tracker.start(5);
    clock.advance(1000);
    expect(marks).toEqual([]);
  });
});
