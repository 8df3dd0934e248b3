/**
 * The conformance kit and the fuzzer, each against a real server of its own in a folder of its own, side by side.
 *
 *     node_modules/.bin/bun conformance/src/against-own-server.ts [--seeds N]
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { ServerProcess, temporaryFolder } from "@parley/rig";
import { allCases } from "./cases/all-cases.ts";
import { ownServerCases } from "./cases/own-server-cases.ts";
import { stopCase } from "./cases/stop-case.ts";
import { runFuzz } from "./fuzz/run-fuzz.ts";
import { pollingTransport } from "./kit/polling-transport.ts";
import { runKit } from "./kit.ts";

/** As many as take two minutes on two cores. */
const USUAL_SEEDS = 3_600;
const FUZZ_WITHIN_MS = 30 * 60_000;

/** What passed is summed up; hundreds of lines would hide what did not. */
function printFailure(line: string): void {
  if (!line.startsWith("✓")) console.log(line);
}

type Tally = [passed: number, failed: number];

/** Runs checks on a server that nobody else uses. */
async function withServer(work: (server: ServerProcess) => Promise<Tally>): Promise<Tally> {
  const folder = temporaryFolder();
  const server = await ServerProcess.start(folder, { environment: { PARLEY_SIGN_UPS: "1000" } });
  try {
    return await work(server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function kit(server: ServerProcess): Promise<Tally> {
  const cases = [...ownServerCases, ...allCases, stopCase(() => server.stop())];
  const settings = {
    url: server.url,
    encodings: ["proto", "json"],
    print: printFailure,
    secondTransport: pollingTransport,
  } as const;
  return runKit({ ...settings, cases, only: undefined, operated: true });
}

async function fuzz({ url }: ServerProcess, wanted: number): Promise<Tally> {
  const print = (line: string) => console.log(`fuzz: ${line}`);
  const { seeds, failed } = await runFuzz({ url, firstSeed: 1, seeds: wanted, withinMs: FUZZ_WITHIN_MS, print });
  console.log(`fuzz: ${seeds} seeds`);
  return [seeds - failed.length, failed.length + wanted - seeds];
}

const { values } = parseArgs({ options: { seeds: { type: "string", default: String(USUAL_SEEDS) } } });
const tallies = await Promise.all([withServer(kit), withServer((server) => fuzz(server, Number(values.seeds)))]);
const passed = tallies.reduce((sum, [each]) => sum + each, 0);
const failed = tallies.reduce((sum, [, each]) => sum + each, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
