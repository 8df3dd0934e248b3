/**
 * Checks a running Parley server over its public interface: the rules of docs/protocol.md, hostile input, and spoiled sessions of many seeds.
 *
 *     npm run conformance -- URL [--only TEXT] [--encoding proto|json] [--seeds N]
 *
 * With --only, just the cases with this text in their title are run, such as the id of a rule.
 */
import { parseArgs } from "node:util";
import type { Encoding } from "@parley/protocol";
import { allCases } from "./cases/all-cases.ts";
import { runFuzz } from "./fuzz/run-fuzz.ts";
import { allHostileCases } from "./hostile/all-hostile-cases.ts";
import { runHostile } from "./hostile/run-hostile.ts";
import { pollingTransport } from "./kit/polling-transport.ts";
import { runKit } from "./kit.ts";

const USAGE = "Usage: npm run conformance -- URL [--only TEXT] [--encoding proto|json] [--seeds N]";
const USUAL_SEEDS = 100;
/** Generous, but no stall: nobody whom others misbehave beside waits longer, but for one time in a hundred. */
const NEIGHBOURS_WAIT_MS = 1_000;
const FUZZ_WITHIN_MS = 24 * 60 * 60 * 1_000;

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

function encodingsOf(chosen: string | undefined): readonly Encoding[] {
  if (chosen === undefined) return ["proto", "json"];
  return chosen === "proto" || chosen === "json" ? [chosen] : fail(USAGE);
}

function seedsOf(text: string | undefined): number {
  const seeds = text === undefined ? USUAL_SEEDS : Number(text);
  return Number.isSafeInteger(seeds) && seeds >= 0 ? seeds : fail(USAGE);
}

const options = { only: { type: "string" }, encoding: { type: "string" }, seeds: { type: "string" } } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options });
const { only, encoding, seeds } = values;
const address = URL.parse(positionals[0] ?? "");
if (address === null || positionals.length !== 1) fail(USAGE);
const url = address.origin;
const print = console.log;

let [passed, failed] = await runKit({
  url,
  encodings: encodingsOf(encoding),
  print,
  only,
  cases: allCases,
  secondTransport: pollingTransport,
  operated: false,
});
const hostile = allHostileCases.filter(({ title }) => only === undefined || title.includes(only));
if (hostile.length > 0) {
  const tally = await runHostile({ url, print, cases: hostile, p99AtMostMs: NEIGHBOURS_WAIT_MS });
  passed += tally.passed;
  failed += tally.failed;
}
if (only === undefined && seedsOf(seeds) > 0) {
  const tally = await runFuzz({ url, firstSeed: 1, seeds: seedsOf(seeds), withinMs: FUZZ_WITHIN_MS, print });
  passed += tally.seeds - tally.failed.length;
  failed += tally.failed.length;
}
if (passed + failed === 0) print(`No case has "${only}" in its title.`);
print(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
