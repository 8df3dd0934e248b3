import { expect, test } from "bun:test";
import fc from "fast-check";
import { carryOver, withoutLines } from "./draft-text.ts";

test.each([
  ["nobody else wrote", "Te", "Tea", "Te", "Tea"],
  ["the same was written elsewhere", "Te", "Tea", "Tea", "Tea"],
  ["nothing was written here", "Te", "Te", "Tea", "Tea"],
  ["two began at the same time", "", "Tea", "Coffee", "Coffee\nTea"],
  ["elsewhere more of the same was written", "Te", "Tea", "Tea at five", "Tea at five"],
  ["here more of the same was written", "Te", "Tea at five", "Tea", "Tea at five"],
  ["it was emptied elsewhere and goes on here", "Te", "Tea", "", "Tea"],
  ["it was emptied here and goes on elsewhere", "Te", "", "Tea", "Tea"],
  ["it goes on here after both were joined", "Tea", "Tea at five", "Coffee\nTea", "Coffee\nTea at five"],
  ["it was posted after both were joined", "Tea", "", "Coffee\nTea", "Coffee"],
  ["it was posted before the other", "Coffee", "", "Coffee\nTea", "Tea"],
  ["it was posted out of the middle", "b", "", "a\nb\nc", "a\nc"],
  ["it was posted after both were joined, the other in its midst", "a\nb", "", "a\nx\nb", "x"],
  ["a part of it was posted before", "a\nb", "", "x\nb", "x\nb"],
  ["it goes on here after a line of it was posted elsewhere", "a\nb", "a\nb!", "b", "a\nb!"],
  ["it was posted here after a line of it was posted elsewhere", "a\nb", "", "b", ""],
  ["a part of a line is no line", "a", "x", "Tea", "Tea\nx"],
])("[DRF2] where %s", (_, from, to, current, expected) => {
  expect(carryOver(from, to, current)).toBe(expected);
});

const texts = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 6 });

test("[DRF2] of two texts that were written at the same time both stay", () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const both = carryOver("", other, one);
      return both.includes(one) && both.includes(other);
    }),
  );
});

test("a change that is applied again at once changes nothing", () => {
  fc.assert(
    fc.property(texts, texts, texts, (from, to, current) => {
      const once = carryOver(from, to, current);
      // Lines that stand there twice cannot be told apart.
      if (from !== "" && withoutLines(once, from) !== undefined) return;
      expect(carryOver(from, to, once)).toBe(once);
    }),
  );
});
