import { expect, test } from "bun:test";
import { Tally } from "./tally.ts";

/** A tally of entries by these authors, the first after ordinal 10. */
function tallyOf(...authors: number[]): Tally {
  const tally = new Tally(10);
  for (const author of authors) tally.append(author);
  return tally;
}

test("counts what others wrote in a run, and nothing that cannot be counted", () => {
  const tally = tallyOf(1, 2, 0, 2, 3);
  expect(tally.count(11, 15, 2)).toBe(2);
  expect(tally.count(12, 14, 3)).toBe(2);
  expect(tally.count(13, 13, 1)).toBe(0);
});

test("does not count beyond what it knows", () => {
  expect(tallyOf(1, 1).count(11, 100, 2)).toBe(2);
});

test("what is erased does not count, wherever it lies", () => {
  const tally = tallyOf(1, 1, 1);
  tally.erase(12);
  tally.erase(5);
  expect(tally.count(11, 13, 2)).toBe(2);
});

test("reaches back as it is told more, and goes on", () => {
  const tally = tallyOf(1, 2);
  tally.prepend(Uint16Array.of(3, 0, 3));
  expect(tally.base).toBe(7);
  expect(tally.count(8, 12, 1)).toBe(3);
  for (let count = 0; count < 100; count++) tally.append(4);
  expect(tally.count(8, 112, 3)).toBe(102);
});

test("must be dropped when it has grown too long", () => {
  const tally = new Tally(0);
  for (let count = 0; count < 65_536; count++) tally.append(1);
  expect(tally.overgrown).toBe(true);
  expect(tallyOf(1).overgrown).toBe(false);
});

test("mentions in a run are counted, however short or long it is beside those that are known", () => {
  const tally = new Tally(10);
  for (let ordinal = 11; ordinal <= 15; ordinal++) {
    tally.append(ordinal % 2, ordinal < 14 ? { accounts: ["ann"], contentRev: ordinal } : undefined);
  }
  const count = (from: number, to: number) =>
    tally.countMentions(from, to, 1, ({ accounts }) => accounts.includes("ann"));
  expect([count(11, 15), count(12, 12), count(13, 14)]).toEqual([1, 1, 0]);
});
