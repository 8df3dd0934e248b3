import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Options, readArguments, usage } from "./arguments.ts";
import { runBench } from "./bench.ts";
import { markdown } from "./report/markdown.ts";
import { rows } from "./rows/rows.ts";

const RESULTS = join(import.meta.dir, "../results");

async function main(options: Options): Promise<number> {
  const report = await runBench(options, rows, (text) => console.error(text));
  const text = markdown(report);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "latest.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(RESULTS, "latest.md"), text);
  console.log(text);
  return report.failures.length === 0 ? 0 : 1;
}

const options = readArguments(process.argv.slice(2));
if (typeof options === "string") {
  console.error(`${options}\n\n${usage}`);
  process.exit(2);
}
process.exit(await main(options));
