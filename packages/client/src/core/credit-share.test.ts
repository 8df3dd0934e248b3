import { expect, test } from "bun:test";
import { creditShare } from "./credit-share.ts";

test("[OUT4] a queue alone gets the credit but for what is kept for others", () => {
  expect(creditShare(0, { credit: 64, unanswered: 0, active: 1 })).toBe(56);
  expect(creditShare(56, { credit: 64, unanswered: 56, active: 1 })).toBe(0);
});

test("[OUT5] a queue of which nothing is unanswered finds room beside one that took its share", () => {
  expect(creditShare(0, { credit: 64, unanswered: 56, active: 2 })).toBe(8);
  expect(creditShare(1, { credit: 64, unanswered: 57, active: 2 })).toBe(0);
});

test("[OUT4] many queues share the credit, each gets at least one, and all together no more than there is", () => {
  expect(creditShare(0, { credit: 64, unanswered: 0, active: 20 })).toBe(3);
  expect(creditShare(0, { credit: 64, unanswered: 60, active: 1_000 })).toBe(1);
  expect(creditShare(0, { credit: 64, unanswered: 64, active: 1_000 })).toBe(0);
});
