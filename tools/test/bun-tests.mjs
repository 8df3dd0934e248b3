import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bun, root, run } from "../project.mjs";
import { projectFiles } from "./project-files.mjs";

/** Tests that drive Chromium or other browsers, and tests that need programs of the operating system; the others need nothing but Bun. */
export const BROWSER_TEST = /\.browser\.test\.tsx?$/;
export const FAULT_TEST = /\.fault\.test\.ts$/;
export const OTHER_BROWSERS_TEST = /\.other-browsers\.test\.ts$/;
export const UNIT_TEST = /(?<!\.(?:browser|other-browsers|fault))\.test\.tsx?$/;

const DURATIONS = join(root, "node_modules/.cache/parley/test-durations.json");
/** For a fresh clone, where nothing was measured yet: milliseconds of those that take seconds. Only their order matters. */
const SLOW_TESTS = join(root, "tools/test/slow-tests.json");

/**
 * Runs the test files of some folders and counts every test.
 *
 * @param options.timeoutMs for each test
 * @param options.concurrency tests of one file that may run at once, where they say that they can
 * @param options.processes files that run at once
 * @param options.together whether the files of a process share its modules, which are loaded once then
 * @param options.wrapper a program and its arguments that run Bun
 */
export async function bunTests(report, folders, pattern, options = {}) {
  const files = projectFiles(folders).filter((file) => pattern.test(file));
  if (files.length === 0) return report.count(`no test files in ${folders.join(", ")}`, 0, 1);
  const folder = mkdtempSync(join(tmpdir(), "parley-test-"));
  const results = join(folder, "results.xml");
  const args = ["test", "--only-failures", "--reporter=junit", `--reporter-outfile=${results}`];
  if (options.timeoutMs !== undefined) args.push(`--timeout=${options.timeoutMs}`);
  if (options.concurrency !== undefined) args.push(`--max-concurrency=${options.concurrency}`);
  if (options.processes !== undefined) args.push(`--parallel=${options.processes}`, ...slowestFirst());
  if (options.together) args.push("--no-isolate");
  const [program, ...before] = [...(options.wrapper ?? []), bun];
  const { code } = await run(program, [...before, ...args, ...files.map((file) => `./${file}`)], {
    env: { CI: "true" },
  });
  count(report, `${files.length} test files`, code, readTotals(results));
  rmSync(folder, { recursive: true });
}

/** So that no slow file is left at the end, alone: by how long each took the last time. */
function slowestFirst() {
  mkdirSync(dirname(DURATIONS), { recursive: true });
  return [`--timings=${DURATIONS}`, `--timings=${SLOW_TESTS}`, "--update-timings"];
}

function count(report, what, code, totals) {
  // A file that does not load, or an error between tests, fails the run without failing a test.
  const failed = code === 0 ? totals.failed : Math.max(totals.failed, 1);
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
  report.count(`${what}${skipped}`, totals.tests - totals.failed - totals.skipped, failed);
}

function readTotals(results) {
  let xml = "";
  try {
    xml = readFileSync(results, "utf8");
  } catch {
    // The run ended before it could report: its exit code says so.
  }
  const attributes = /<testsuites\b([^>]*)>/.exec(xml)?.[1] ?? "";
  const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
  return { tests: number("tests"), failed: number("failures") + number("errors"), skipped: number("skipped") };
}
