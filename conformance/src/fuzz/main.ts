/**
 * Sends spoiled sessions to a Parley server: a running one, or one of its own.
 *
 *     npm run fuzz -- [URL] [--seeds N] [--seed S] [--seconds T]
 *
 * The session of a seed is always the same but for the ids of accounts; a seed that fails prints itself and what it sent.
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { ServerProcess, temporaryFolder } from "@parley/rig";
import { runFuzz } from "./run-fuzz.ts";

const USAGE = "Usage: npm run fuzz -- [URL] [--seeds N] [--seed S] [--seconds T]";
const DAY_S = 24 * 60 * 60;

function numberOf(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(USAGE);
  process.exit(2);
}

const options = { seeds: { type: "string" }, seed: { type: "string" }, seconds: { type: "string" } } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const [given] = positionals;
const folder = given === undefined ? temporaryFolder() : undefined;
const server = folder === undefined ? undefined : await ServerProcess.start(folder);
const url = URL.parse(given ?? server?.url ?? "")?.origin;
if (url === undefined) {
  console.error(USAGE);
  process.exit(2);
}
const one = values.seed !== undefined && values.seeds === undefined;
const tally = await runFuzz({
  url,
  firstSeed: numberOf(values.seed, 1),
  seeds: one ? 1 : numberOf(values.seeds, Number.MAX_SAFE_INTEGER),
  withinMs: 1_000 * numberOf(values.seconds, values.seeds === undefined && !one ? 120 : DAY_S),
  print: console.log,
});
await server?.stop();
if (folder !== undefined) rmSync(folder, { recursive: true });
console.log(`${tally.seeds} seeds, ${tally.steps} steps, ${tally.failed.length} failed`);
process.exit(tally.seeds > 0 && tally.failed.length === 0 ? 0 : 1);
