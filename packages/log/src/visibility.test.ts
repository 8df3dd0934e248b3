import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Entry, IntervalSchema } from "@parley/protocol";
import fc from "fast-check";
import { ben, edited, erased, posted, reactionSet, titleSet } from "../test/events.ts";
import { applyToEntry, entryOf } from "./fold-entry.ts";
import { asSeenBy, closeInterval, type Intervals, isVisible, openInterval, viewerHead } from "./visibility.ts";

/** There at 1, left at 200, came back at 500. */
const leftAndCameBack = intervals([1, 200], [500, 0]);

function intervals(...bounds: [number, number][]): Intervals {
  return bounds.map(([from, to]) => create(IntervalSchema, { from, to }));
}

describe("isVisible", () => {
  test.each([
    [1, true],
    [200, true],
    [201, false],
    [499, false],
    [500, true],
    [4_294_967_295, true],
  ])("[VIS1] %p to somebody who was away from 201 to 499: %p", (seq, visible) => {
    expect(isVisible(leftAndCameBack, seq)).toBe(visible);
  });

  test("[VIS5] nothing is, to who was never a member", () => {
    expect(isVisible([], 1)).toBe(false);
  });
});

describe("viewerHead", () => {
  test.each<[string, Intervals, number, number]>([
    ["the log's while a member", leftAndCameBack, 700, 700],
    ["the end of the last interval after leaving", intervals([1, 200]), 700, 200],
    ["never beyond the log's", intervals([1, 200]), 150, 150],
    ["0 for who was never a member", [], 700, 0],
  ])("[VIS1] is %s", (_what, seen, head, expected) => {
    expect(viewerHead(seen, head)).toBe(expected);
  });
});

describe("asSeenBy", () => {
  const old = made(100);

  test("[VIS2] shows what was posted and last edited in sight", () => {
    expect(asSeenBy(leftAndCameBack, applyToEntry(old, edited(150, "e100", "New")))).toMatchObject({ contentRev: 150 });
    expect(asSeenBy(leftAndCameBack, applyToEntry(old, edited(600, "e100", "New")))?.body).toMatchObject({
      value: { state: { case: "content" } },
    });
  });

  test("[VIS3] leaves out what was posted out of sight, also when it was edited in sight", () => {
    expect(asSeenBy(leftAndCameBack, made(300))).toBeUndefined();
    expect(asSeenBy(leftAndCameBack, applyToEntry(made(300), edited(600, "e300", "New")))).toBeUndefined();
  });

  test("[VIS2] withholds content that came while the viewer was away, and keeps the rest", () => {
    const row = applyToEntry(applyToEntry(old, reactionSet(120, "e100", "👍", ben)), edited(300, "e100", "Secret"));
    const seen = asSeenBy(leftAndCameBack, row);
    expect(seen?.body).toMatchObject({
      value: { state: { case: "withheld" }, reactions: [{ emoji: "👍", accounts: [ben] }] },
    });
    expect(JSON.stringify(seen)).not.toContain("Secret");
  });

  test("[VIS2] a deletion is told whenever it happened", () => {
    expect(asSeenBy(leftAndCameBack, applyToEntry(old, erased(300, "e100")))?.body).toMatchObject({
      value: { state: { case: "deleted" } },
    });
  });

  test("system entries in sight are shown as they are", () => {
    const entry = entryOf(titleSet(600, "Tea"));
    expect(entry && asSeenBy(leftAndCameBack, entry)).toBe(entry);
  });
});

describe("intervals", () => {
  test("[VIS1] are closed and appended, never widened: what was out of sight stays out of sight", () => {
    const steps = fc.uniqueArray(fc.integer({ min: 2, max: 1000 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 1000 }), (seqs, seq) => {
        let seen = openInterval([], 1);
        for (const [index, at] of seqs.sort((one, other) => one - other).entries()) {
          const before = isVisible(seen, seq);
          seen = index % 2 === 0 ? closeInterval(seen, at) : openInterval(seen, at);
          if (seq < at) expect(isVisible(seen, seq)).toBe(before);
        }
      }),
    );
  });

  test("closing ends the open one alone", () => {
    expect(closeInterval(leftAndCameBack, 600)).toEqual([...intervals([1, 200], [500, 600])]);
  });
});

function made(seq: number): Entry {
  const entry = entryOf(posted(seq, "Text"));
  if (entry === undefined) throw new Error("makes no entry");
  return entry;
}
