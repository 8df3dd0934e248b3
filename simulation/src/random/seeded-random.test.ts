import { expect, test } from "bun:test";
import { SeededRandom } from "./seeded-random.ts";

test("a seed decides the numbers, and a fork does not move its parent", () => {
  const one = new SeededRandom("7");
  const other = new SeededRandom("7");
  other.fork("network").bytes(100);
  const numbers = Array.from({ length: 20 }, () => one.uint32());
  expect(Array.from({ length: 20 }, () => other.uint32())).toEqual(numbers);
  expect(new SeededRandom("8").uint32()).not.toBe(numbers[0]);
});

test("fractions are spread evenly, and a sample holds no item twice", () => {
  const random = new SeededRandom("spread");
  const buckets = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) {
    const bucket = Math.floor(random.fraction() * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  expect(Math.min(...buckets)).toBeGreaterThan(850);
  expect(Math.max(...buckets)).toBeLessThan(1_150);
  expect(random.sample([1, 2, 3, 4, 5], 5).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(
    random.weighted([
      [0, "never"],
      [1, "always"],
    ]),
  ).toBe("always");
});
