import { expect, test } from "bun:test";
import { retryAfterMs } from "./retry-after.ts";

test.each([
  ["seconds", { "retry-after": "120" }, 120_000],
  ["none at all", { "retry-after": "0" }, 0],
  [
    "a date, by the clock of whoever answered",
    { "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT", date: "Wed, 21 Oct 2015 07:28:00 GMT" },
    30_000,
  ],
  ["a date that is over", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", date: "Wed, 21 Oct 2015 07:28:30 GMT" }, 0],
  ["a date without a clock to read it by", { "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT" }, undefined],
  ["nothing", {}, undefined],
  ["less than nothing", { "retry-after": "-5" }, undefined],
  ["no end of seconds", { "retry-after": "99999999999999999999" }, undefined],
  ["nonsense", { "retry-after": "<html>" }, undefined],
] as const)("[CON3] Retry-After: %s", (_, headers, expected) => {
  expect(retryAfterMs(new Headers(Object.entries(headers)))).toBe(expected);
});
