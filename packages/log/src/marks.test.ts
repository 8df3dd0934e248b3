import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { clampMarks, type Marks, mergeMarks, noMarks } from "./marks.ts";

const ordinal = fc.nat(1000);
/** As devices keep them: read implies delivered. */
const marks: fc.Arbitrary<Marks> = fc
  .tuple(ordinal, ordinal)
  .map(([delivered, read]) => mergeMarks(noMarks, { delivered, read }));

describe("[MRK1] merging marks", () => {
  test("is commutative, associative and idempotent, and begins with none", () => {
    fc.assert(
      fc.property(marks, marks, marks, (one, other, third) => {
        expect(mergeMarks(one, other)).toEqual(mergeMarks(other, one));
        expect(mergeMarks(mergeMarks(one, other), third)).toEqual(mergeMarks(one, mergeMarks(other, third)));
        expect(mergeMarks(one, one)).toEqual(one);
        expect(mergeMarks(noMarks, one)).toEqual(one);
      }),
    );
  });

  test("never goes back", () => {
    fc.assert(
      fc.property(marks, marks, (before, added) => {
        const after = mergeMarks(before, added);
        return after.delivered >= before.delivered && after.read >= before.read;
      }),
    );
  });

  test("read implies delivered, also in what a device sent", () => {
    expect(mergeMarks(noMarks, { delivered: 0, read: 7 })).toEqual({ delivered: 7, read: 7 });
  });
});

describe("[MRK2] clamping marks", () => {
  test("leaves nothing beyond the newest visible entry, and read within delivered", () => {
    fc.assert(
      fc.property(ordinal, ordinal, ordinal, (delivered, read, entryHead) => {
        const clamped = clampMarks({ delivered, read }, entryHead);
        return clamped.delivered <= entryHead && clamped.read <= clamped.delivered;
      }),
    );
  });

  test("leaves marks within it alone, and clamps once for all", () => {
    fc.assert(
      fc.property(marks, ordinal, (one, entryHead) => {
        if (one.delivered <= entryHead) expect(clampMarks(one, entryHead)).toEqual(one);
        const clamped = clampMarks(one, entryHead);
        expect(clampMarks(clamped, entryHead)).toEqual(clamped);
      }),
    );
  });

  test("it does not matter whether marks are clamped before or after merging", () => {
    fc.assert(
      fc.property(marks, marks, ordinal, (one, other, entryHead) => {
        const after = clampMarks(mergeMarks(one, other), entryHead);
        expect(mergeMarks(clampMarks(one, entryHead), clampMarks(other, entryHead))).toEqual(after);
      }),
    );
  });
});
