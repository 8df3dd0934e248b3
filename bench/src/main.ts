import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Options, readArguments, usage } from "./arguments.ts";
import { runBench } from "./bench.ts";
import { markdown } from "./report/markdown.ts";
import type { Report } from "./report/report.ts";
import { rows } from "./rows/rows.ts";

const RESULTS = join(import.meta.dir, "../results");

async function main(options: Options): Promise<number> {
  const folder = options.to ?? RESULTS;
  mkdirSync(folder, { recursive: true });
  const report = await runBench(options, rows, {
    say: (text) => console.error(text),
    found: (sofar) => save(folder, sofar),
  });
  console.log(markdown(report));
  return report.failures.length === 0 ? 0 : 1;
}

function save(folder: string, report: Report): void {
  writeFileSync(join(folder, "latest.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(folder, "latest.md"), markdown(report));
}

const options = readArguments(process.argv.slice(2));
if (typeof options === "string") {
  console.error(`${options}\n\n${usage}`);
  process.exit(2);
}
// Leaving in order also ends the servers and removes their folders.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
process.exit(await main(options));
