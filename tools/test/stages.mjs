import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bun, root } from "../project.mjs";
import { BROWSER_TEST, bunTests, FAULT_TEST, OTHER_BROWSERS_TEST, UNIT_TEST } from "./bun-tests.mjs";
import { eachAtOnce } from "./each-at-once.mjs";
import { ensureChromium, ensureFaultPrograms, ensureOtherBrowsers } from "./programs.mjs";
import { projectFiles } from "./project-files.mjs";
import { typeGroups } from "./type-groups.mjs";

const SIMULATION_SEEDS = 300;
/** Of those that run test files, and that check types. */
const PROCESSES = 2;
/** One of the files waits most of its time. */
const UNIT_PROCESSES = 3;
const UNIT_TEST_TIMEOUT_MS = 30_000;
const FAULT_TEST_TIMEOUT_MS = 180_000;
/** Of those that may run beside each other. */
const FAULTS_AT_ONCE = 3;

const bin = (name) => join(root, "node_modules/.bin", name);

/** In the order of how soon they can fail. One that is `onRequest` runs only when it is named. */
export const stages = [
  { name: "schema", title: "the schema is sound and the generated types are those of the schema", work: schema },
  { name: "types", title: "TypeScript", work: types },
  { name: "lint", title: "rules and format of the source", work: lint },
  { name: "boundaries", title: "who may import whom, and what pure packages may use", work: script("boundaries") },
  { name: "unused", title: "exports, files and dependencies that nothing uses", work: unused },
  { name: "spec", title: "every rule has a test, and the other way round", work: script("spec") },
  { name: "house", title: "lockfile, file names, links and words", work: script("house") },
  { name: "unit", title: "unit and contract tests", work: unit },
  { name: "simulation", title: `the simulator, ${SIMULATION_SEEDS} seeds`, work: simulation },
  { name: "conformance", title: "rules of the protocol and spoiled sessions, on real servers", work: conformance },
  { name: "faults", title: "the real server process under faults, in short", work: faults },
  { name: "browser", title: "tests in Chromium", work: browser },
  { name: "other-browsers", title: "the message list in Firefox and WebKitGTK", work: otherBrowsers, onRequest: true },
];

async function schema(report) {
  await report.check("buf lint", bin("buf"), ["lint"]);
  await report.check("buf format", bin("buf"), ["format", "--diff", "--exit-code"]);
  const folder = mkdtempSync(join(tmpdir(), "parley-generated-"));
  const generated = "packages/protocol/src/gen";
  if (await report.check("buf generate", bin("buf"), ["generate", "--output", folder])) {
    const args = ["tools/checks/same-files.ts", join(folder, generated), generated];
    await report.check("generated types are up to date (npm run generate)", bun, args);
  }
  rmSync(folder, { recursive: true });
}

async function types(report) {
  const projects = projectFiles().filter((file) => /(^|\/)tsconfig(\.[\w-]+)?\.json$/.test(file));
  const own = projects.filter((project) => project !== "tsconfig.base.json");
  await eachAtOnce(typeGroups(own), PROCESSES, ({ name, path }) => report.check(name, bin("tsc"), ["-p", path]));
  await report.check("every file is in a project", bun, ["tools/checks/typed-files.ts"]);
}

async function lint(report) {
  await report.check("biome", bin("biome"), ["check", "--error-on-warnings", "--max-diagnostics=200"]);
}

async function unused(report) {
  await report.check("knip", bin("knip"), ["--no-progress"]);
}

function script(name) {
  return (report) => report.check(name, bun, [`tools/checks/${name}.ts`]);
}

/** Loading its modules costs a file more than most tests do. The simulator's mutants change classes while they run, so its files have theirs to themselves. */
async function unit(report) {
  const options = { timeoutMs: UNIT_TEST_TIMEOUT_MS, processes: UNIT_PROCESSES };
  const sharing = ["packages", "apps", "rig", "conformance", "bench", "demo", "e2e", "tools"];
  await bunTests(report, sharing, UNIT_TEST, { ...options, together: true });
  await bunTests(report, ["simulation", "faults"], UNIT_TEST, options);
}

/** The simulator sums up in a line that begins with the number of seeds, after a line for each that failed. */
async function simulation(report) {
  const args = ["simulation/src/main.ts", "--seeds", String(SIMULATION_SEEDS)];
  const { code, output } = await report.watch(bun, args);
  const done = Number(/^(\d+) seeds, /m.exec(output)?.[1] ?? 0);
  const failed = new Set([...output.matchAll(/^seed (\d+) .*FAILED/gm)].map((match) => match[1])).size;
  report.count(`${done} seeds`, done - failed, code === 0 ? failed : Math.max(failed, 1));
}

/** The kit and the fuzzer sum up in their last line, after a line for each case that failed. */
async function conformance(report) {
  const { code, output } = await report.watch(bun, ["conformance/src/against-own-server.ts"]);
  const [, passed = 0, failed = 0] = (/^(\d+) passed, (\d+) failed$/m.exec(output) ?? []).map(Number);
  report.count("the conformance kit and the fuzzer", passed, code === 0 ? failed : Math.max(failed, 1));
}

async function faults(report) {
  const missing = await ensureFaultPrograms();
  if (missing !== undefined) return report.count(missing, 0, 1);
  // Small file systems are mounted: who is not root may do that in a namespace of their own, where it also ends with the tests.
  const wrapper = ["unshare", process.getuid?.() === 0 ? "-m" : "-Urm"];
  const options = { timeoutMs: FAULT_TEST_TIMEOUT_MS, concurrency: FAULTS_AT_ONCE, processes: PROCESSES, wrapper };
  await bunTests(report, ["faults"], FAULT_TEST, options);
}

async function browser(report) {
  if (!(await report.check("the web app builds", process.execPath, ["tools/build.mjs"]))) return;
  const chromium = await ensureChromium();
  if (chromium !== undefined) return report.count(chromium, 0, 1);
  await bunTests(report, ["packages", "apps", "e2e", "bench"], BROWSER_TEST, { processes: PROCESSES });
}

async function otherBrowsers(report) {
  const missing = await ensureOtherBrowsers();
  if (missing !== undefined) return report.count(missing, 0, 1);
  await bunTests(report, ["e2e"], OTHER_BROWSERS_TEST);
}
