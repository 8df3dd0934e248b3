import { describe, expect, test } from "bun:test";
import { emptyTimeline, type Timeline, type TimelineView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { messageRow } from "../../../testing/rows.ts";
import { findDay } from "./find-day.ts";

const PAGE = 50;

/** A window on messages of these times, of which those from an ordinal on can be had. */
class TimesTimeline implements Timeline {
  jumps = 0;
  readonly #times: readonly number[];
  readonly #heldFrom: number;
  readonly #view: ObservedValue<TimelineView>;

  constructor(times: readonly number[], heldFrom = 1) {
    this.#times = times;
    this.#heldFrom = heldFrom;
    this.#view = new ObservedValue(this.#at(times.length - PAGE + 1));
  }

  get = () => this.#view.get();
  subscribe = (listener: () => void) => this.#view.subscribe(listener);
  loadOlder = async () => {};
  loadNewer = async () => {};
  jumpToNewest = async () => {};
  stick = async () => {};
  answer = async () => {};
  close = () => {};

  jumpTo = async (ordinal: number) => {
    this.jumps++;
    if (ordinal < this.#heldFrom) throw new Error("It is not here.");
    this.#view.set(this.#at(ordinal - PAGE / 2));
  };

  #at(wanted: number): TimelineView {
    const from = Math.max(1, this.#heldFrom, wanted);
    const rows = this.#times
      .slice(from - 1, from - 1 + PAGE)
      .map((at, index) => messageRow({ id: `m${from + index}`, ordinal: from + index, at }));
    const entryHead = this.#times.length;
    return {
      ...emptyTimeline("1"),
      loaded: true,
      rows,
      atOldest: from === 1,
      atNewest: from + PAGE > entryHead,
      head: entryHead,
      entryHead,
    };
  }
}

/** What is looked for, looked for one by one. */
function firstFrom(times: readonly number[], from: number) {
  const index = times.findIndex((at) => at >= from);
  return index < 0 ? { kind: "none" } : { kind: "found", id: `m${index + 1}`, ordinal: index + 1 };
}

/** Quiet years and busy weeks. */
function unevenTimes(count: number): number[] {
  let at = 0;
  let turn = 5;
  return Array.from({ length: count }, () => {
    turn = (turn * 75 + 74) % 65_537;
    at += turn % 500 === 0 ? 90_000_000 : turn % 60_000;
    return at;
  });
}

describe("the first message of a day", () => {
  const times = unevenTimes(100_000);
  const newest = times.at(-1) ?? 0;

  test("is found in 100,000 messages, by few pages, wherever it is", async () => {
    for (let part = 0; part <= 40; part++) {
      const from = Math.round((newest * part) / 40);
      const timeline = new TimesTimeline(times);
      expect(await findDay(timeline, from)).toEqual(firstFrom(times, from) as never);
      expect(timeline.jumps).toBeLessThanOrEqual(24);
    }
  });

  test("is the first of all where the day was before, and none where it is to come", async () => {
    expect(await findDay(new TimesTimeline(times), -1)).toEqual({ kind: "found", id: "m1", ordinal: 1 });
    expect(await findDay(new TimesTimeline(times), newest + 1)).toEqual({ kind: "none" });
    expect(await findDay(new TimesTimeline([]), 0)).toEqual({ kind: "none" });
    expect(await findDay(new TimesTimeline([7]), 7)).toEqual({ kind: "found", id: "m1", ordinal: 1 });
  });

  test("is found among many of one time", async () => {
    const same = [...Array.from({ length: 500 }, () => 10), ...Array.from({ length: 500 }, () => 20)];
    for (const from of [9, 10, 11, 20]) {
      expect(await findDay(new TimesTimeline(same), from)).toEqual(firstFrom(same, from) as never);
    }
  });

  test("is found in what a device holds, and not guessed where it may lie before", async () => {
    const heldFrom = 90_000;
    for (const ordinal of [89_000, 90_000, 90_001, 95_000, 100_000]) {
      const from = (times[ordinal - 2] ?? 0) + 1;
      const found = await findDay(new TimesTimeline(times, heldFrom), from);
      expect(found).toEqual(ordinal <= heldFrom ? { kind: "not-held" } : (firstFrom(times, from) as never));
    }
  });
});
