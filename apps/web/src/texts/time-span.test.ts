import { expect, test } from "bun:test";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { timeSpan } from "./time-span.ts";

test.each([
  [5, "5 seconds"],
  [60, "1 minute"],
  [5_400, "90 minutes"],
  [3_600, "1 hour"],
  [86_400, "1 day"],
  [90 * 86_400, "90 days"],
])("%d seconds are %s", (seconds, words) => {
  expect(timeSpan(seconds, en)).toBe(words);
});

test("they are said in the language of the reader", () => {
  expect(timeSpan(7 * 86_400, de)).toBe("7 Tagen");
});
