import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { addRange, holds, holes, type Range, type Ranges, rangeAt } from "./ranges.ts";

const GREATEST = 40;
const ordinal = fc.integer({ min: 1, max: GREATEST });
const run: fc.Arbitrary<Range> = fc
  .tuple(ordinal, ordinal)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
const runs = fc.array(run, { maxLength: 12 });

function build(added: readonly Range[]): Ranges {
  return added.reduce<Ranges>(addRange, []);
}

/** The same set as a plain set of ordinals. */
function ordinals(ranges: readonly Range[]): Set<number> {
  return new Set(ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index)));
}

describe("[RNG1] ranges", () => {
  test("hold exactly what was added", () => {
    fc.assert(fc.property(runs, (added) => expect(ordinals(build(added))).toEqual(ordinals(added))));
  });

  test("ascend, and neither overlap nor touch", () => {
    fc.assert(
      fc.property(runs, (added) => {
        const ranges = build(added);
        for (const [index, range] of ranges.entries()) {
          expect(range.from).toBeLessThanOrEqual(range.to);
          const next = ranges[index + 1];
          if (next !== undefined) expect(next.from).toBeGreaterThan(range.to + 1);
        }
      }),
    );
  });

  test("do not depend on the order of adding, and adding twice is adding once", () => {
    fc.assert(
      fc.property(runs, (added) => {
        expect(build([...added].reverse())).toEqual([...build(added)]);
        expect(build([...added, ...added])).toEqual([...build(added)]);
      }),
    );
  });

  test("an empty run adds nothing", () => {
    const ranges = build([{ from: 3, to: 5 }]);
    expect(addRange(ranges, { from: 9, to: 8 })).toBe(ranges);
  });

  test("runs that touch become one; runs with one ordinal between them do not", () => {
    expect(
      build([
        { from: 1, to: 3 },
        { from: 4, to: 6 },
      ]),
    ).toEqual([{ from: 1, to: 6 }]);
    expect(
      build([
        { from: 1, to: 3 },
        { from: 5, to: 6 },
      ]),
    ).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 6 },
    ]);
  });
});

describe("[RNG1] holes", () => {
  test("are what ranges lack up to the newest entry, each as long as it can be", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: GREATEST }), (added, entryHead) => {
        const ranges = build(added);
        const found = holes(ranges, entryHead);
        const held = ordinals(ranges);
        const lacking = Array.from({ length: entryHead }, (_, index) => index + 1).filter((each) => !held.has(each));
        expect([...ordinals(found)]).toEqual(lacking);
        expect(build(found)).toEqual(found);
      }),
    );
  });

  test("everything is one hole on a device that holds nothing", () => {
    expect(holes([], 100_000)).toEqual([{ from: 1, to: 100_000 }]);
    expect(holes([], 0)).toEqual([]);
  });
});

describe("[RNG1] holds and rangeAt", () => {
  test("a run is held if one range holds all of it", () => {
    fc.assert(
      fc.property(runs, run, (added, asked) => {
        const held = ordinals(added);
        expect(holds(build(added), asked)).toBe([...ordinals([asked])].every((each) => held.has(each)));
      }),
    );
  });

  test("an empty run always is", () => {
    expect(holds([], { from: 1, to: 0 })).toBe(true);
  });

  test("the range at an ordinal is the one that holds it", () => {
    fc.assert(
      fc.property(runs, ordinal, (added, at) => {
        const range = rangeAt(build(added), at);
        expect(range !== undefined).toBe(ordinals(added).has(at));
        if (range !== undefined) expect(range.from <= at && at <= range.to).toBe(true);
      }),
    );
  });
});
