import { expect, test } from "bun:test";
import { expireTyping, nextExpiry, nobodyTypes, noteTyping, typingIn } from "./typing-leases.ts";
import { quiet, stepTypingReport, type TypingReport } from "./typing-report.ts";

test("[SIG1] a lease holds for 5 s from receipt, longer when renewed", () => {
  let leases = noteTyping(nobodyTypes, "c", "ada", true, 0);
  leases = noteTyping(leases, "c", "ben", true, 1_000);
  leases = noteTyping(leases, "c", "ada", true, 3_000);
  expect(nextExpiry(leases)).toBe(6_000);
  expect(typingIn(expireTyping(leases, 6_000), "c")).toEqual(["ada"]);
  expect(expireTyping(leases, 8_000).size).toBe(0);
});

test("the end of a lease that nobody holds changes nothing", () => {
  const leases = noteTyping(nobodyTypes, "c", "ada", true, 0);
  expect(noteTyping(leases, "c", "ben", false, 0)).toBe(leases);
  expect(expireTyping(leases, 4_999)).toBe(leases);
  expect(noteTyping(leases, "c", "ada", false, 0)).toEqual(nobodyTypes);
});

test("reports: state and input give what is told", () => {
  const typing: TypingReport = { kind: "typing", toldAt: 0 };
  expect(stepTypingReport(quiet, true, 0)).toEqual({ state: typing, tell: true });
  expect(stepTypingReport(quiet, false, 0)).toEqual({ state: quiet, tell: undefined });
  expect(stepTypingReport(typing, true, 2_999)).toEqual({ state: typing, tell: undefined });
  expect(stepTypingReport(typing, true, 3_000)).toEqual({ state: { kind: "typing", toldAt: 3_000 }, tell: true });
  expect(stepTypingReport(typing, false, 1)).toEqual({ state: quiet, tell: false });
});
