/**
 * Checks a running Parley server over its public interface.
 *
 *     npm run conformance -- URL [--only ID] [--encoding proto|json]
 */
import { parseArgs } from "node:util";
import type { Encoding } from "@parley/protocol";
import { allCases } from "./cases/all-cases.ts";
import { runKit } from "./kit.ts";

const USAGE = "Usage: npm run conformance -- URL [--only ID] [--encoding proto|json]";

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

function encodingsOf(chosen: string | undefined): readonly Encoding[] {
  if (chosen === undefined) return ["proto", "json"];
  if (chosen === "proto" || chosen === "json") return [chosen];
  return fail(USAGE);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, encoding: { type: "string" } },
});
const url = URL.parse(positionals[0] ?? "");
if (url === null || positionals.length !== 1) fail(USAGE);
const { only, encoding } = values;
const passed = await runKit({
  url: url.origin,
  encodings: encodingsOf(encoding),
  print: console.log,
  only,
  cases: allCases,
});
process.exit(passed ? 0 : 1);
