import { expect, test } from "bun:test";
import { soakReport } from "./soak-report.ts";
import type { VitalSign } from "./vital-signs.ts";

const counts = {
  outcomes: [["post", "accepted", 12] as const, ["post", "retry", 1] as const],
  failures: [],
  connected: 9,
};

function sign(valueAt: (second: number) => number, judged = true): VitalSign {
  const allowance = judged ? { absolute: 1, share: 0 } : undefined;
  const points = Array.from({ length: 100 }, (_, second) => ({ atS: second, value: valueAt(second) }));
  return { title: "Handles", shown: (value) => `${value}`, allowance, points };
}

function report(signs: readonly VitalSign[], failures: readonly (readonly [string, number])[] = []) {
  return soakReport({ minutes: 2, circumstances: "here", signs, counts: { ...counts, failures } });
}

test("a soak is good while everything that is judged stays flat", () => {
  const { good, markdown, svg } = report([sign(() => 60), sign((second) => second, false)]);
  expect(good).toBe(true);
  expect(markdown).toContain("| Handles | 60 | 0 | 1 | flat |");
  expect(markdown).toContain("| Handles | 99 |  |  | grows with what is stored |");
  expect(markdown).toContain("| post | 12 accepted, 1 retry |");
  expect(svg).toContain(">flat</text>");
});

test("a soak that was too short to be judged is not good", () => {
  const short = { ...sign(() => 60), points: [{ atS: 0, value: 60 }] };
  const { good, markdown } = report([short]);
  expect(good).toBe(false);
  expect(markdown).toContain("| too short |");
});

test("one value that grows, or one failure, makes it bad", () => {
  const { good, markdown, svg } = report([sign(() => 60), sign((second) => second)]);
  expect(good).toBe(false);
  expect(markdown).toContain("| grows |");
  expect(svg).toContain('fill="#b3261e">grows</text>');
  const failed = report([sign(() => 60)], [["the server closed a socket with 4015", 2]]);
  expect(failed.good).toBe(false);
  expect(failed.markdown).toContain("- 2 × the server closed a socket with 4015");
});
