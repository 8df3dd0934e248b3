import { expect, test } from "bun:test";
import fc from "fast-check";
import { Standing } from "./standing.ts";

const marks = fc
  .record({ read: fc.nat(6), more: fc.nat(6) })
  .map(({ read, more }) => ({ read, delivered: read + more }));

test("standing equals a count over the others", () => {
  fc.assert(
    fc.property(fc.array(marks, { minLength: 2, maxLength: 12 }), fc.nat(8), (all, ordinal) => {
      const [own, ...others] = all;
      if (own === undefined) return;
      expect(new Standing(all).without(own, ordinal)).toEqual({
        deliveredByAll: Math.min(...others.map(({ delivered }) => delivered)),
        readByAll: Math.min(...others.map(({ read }) => read)),
        delivered: others.filter(({ delivered }) => delivered >= ordinal).length,
        read: others.filter(({ read }) => read >= ordinal).length,
      });
    }),
  );
});
