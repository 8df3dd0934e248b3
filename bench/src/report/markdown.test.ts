import { expect, test } from "bun:test";
import type { Circumstances } from "./circumstances.ts";
import type { Finding } from "./finding.ts";
import { judged } from "./judged.ts";
import { figure, lineOf, markdown } from "./markdown.ts";
import { reportOf } from "./report.ts";

const circumstances: Circumstances = {
  date: "2026-01-02T03:04:05.000Z",
  machine: { processor: "P", cores: "2", memory: "24 GB", system: "Linux 6", fileSystem: "ext4" },
  versions: { parley: "abc", bun: "1", sqlite: "3" },
  loadAtStart: 0.25,
  sync: { p50Ms: 0.2, p99Ms: 1.3 },
  runs: 3,
  quick: false,
};

const relative: Finding = {
  id: "fan-out",
  title: "Fan-out",
  unit: "µs",
  runs: [2, 3, 4],
  baseline: { name: "raw publish", runs: [1, 1, 1] },
  budget: { bound: "at most", must: 3, aim: 1.5 },
  details: { "messages a second": 1234.5, note: "none" },
};

function rowOf(finding: Finding): string | undefined {
  return markdown(reportOf(circumstances, [finding], []))
    .split("\n")
    .find((line) => line.startsWith(`| ${finding.title}`));
}

test("a row with a baseline shows must and aim as ratios", () => {
  expect(rowOf(relative)).toBe("| Fan-out | 3× | 1.5× | 3 µs | 1 µs | 3× | ✔ must |  |");
});

test("a row without a baseline shows them in its unit, and how much of the must is used", () => {
  const budget = { bound: "at most", must: 200, aim: 100 } as const;
  const line = rowOf({ id: "x", title: "X", unit: "µs", runs: [250], budget, details: {} });
  expect(line).toBe("| X | 200 µs | 100 µs | 250 µs |  | 1.25 of must | ✘ **missed** |  |");
});

test("a row that promises nothing has no verdict", () => {
  expect(rowOf({ id: "y", title: "Y", unit: "ms", runs: [0.5], details: {} })).toBe("| Y |  |  | 0.5 ms |  |  |  |  |");
});

test("a row that stores shows what a sync took", () => {
  expect(rowOf({ ...relative, syncMs: 0.1234 })).toEndWith("| ✔ must | 0.123 ms |");
});

test("a value that something else disturbed is marked", () => {
  expect(rowOf({ ...relative, disturbance: 0.1 })).not.toContain("†");
  expect(rowOf({ ...relative, disturbance: 0.5 })).toContain("| 3 µs † |");
  const text = markdown(reportOf(circumstances, [{ ...relative, disturbance: 0.5 }], []));
  expect(text).toContain("† Something else used more than 0.2 cores meanwhile");
  expect(text).toContain("; cores used by anything else 0.5");
});

test("the head says where and when, the details say how, and what failed is not left out", () => {
  const text = markdown(reportOf(circumstances, [relative], [{ row: "soak", reason: "No strace." }]));
  expect(text).toContain("2 cores of P, 24 GB, Linux 6, ext4");
  expect(text).toContain("load average at the start 0.25; a sync of this disk takes 0.2 ms (p50), 1.3 ms (p99)");
  expect(text).toContain("- **soak**: No strace.");
  expect(text).toContain("runs 2, 3, 4 µs; raw publish: 1, 1, 1 µs; messages a second 1,235; note none");
});

test("while it runs each finding is said in one line", () => {
  expect(lineOf(judged(relative))).toBe("   Fan-out: 3 µs, 3× of 3× ✔ must");
});

test("figures have three digits that count", () => {
  expect([0.012345, 1.2345, 99.4, 99.5, 1234.5, Number.NaN].map(figure)).toEqual([
    "0.0123",
    "1.23",
    "99.4",
    "100",
    "1,235",
    "—",
  ]);
});
