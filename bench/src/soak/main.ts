import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { circumstances } from "../report/circumstances.ts";
import { type SoakOptions, soak } from "./soak.ts";
import { soakReport } from "./soak-report.ts";

const RESULTS = join(import.meta.dir, "../../results");
const USAGE = "npm run soak [-- --minutes N] [--people N] [--per-second N] [--seed TEXT]";

function readOptions(args: readonly string[]): SoakOptions | undefined {
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) given.set(args[index] ?? "", args[index + 1] ?? "");
  const number = (name: string, otherwise: number) => Number(given.get(name) ?? otherwise);
  const options = {
    minutes: number("--minutes", 10),
    people: number("--people", 40),
    perSecond: number("--per-second", 40),
    seed: given.get("--seed") ?? "soak",
  };
  const known = ["--minutes", "--people", "--per-second", "--seed"];
  const sound = options.minutes > 0 && options.people >= 10 && options.perSecond > 0;
  return sound && [...given.keys()].every((name) => known.includes(name)) ? options : undefined;
}

async function main(options: SoakOptions): Promise<number> {
  const around = await circumstances({ runs: 1, quick: false, folder: tmpdir() });
  const { machine, versions } = around;
  const soaked = await soak(options, (text) => console.error(text));
  const report = soakReport({
    minutes: options.minutes,
    circumstances: `${around.date}, ${machine.cores} cores of ${machine.processor}, ${machine.system}; Parley ${versions["parley"]}, Bun ${versions["bun"]}; ${options.people} people, ${options.perSecond} actions/s`,
    ...soaked,
  });
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "soak.svg"), report.svg);
  writeFileSync(join(RESULTS, "soak.md"), report.markdown);
  writeFileSync(join(RESULTS, "soak.json"), JSON.stringify({ circumstances: around, options, ...soaked }));
  console.log(report.markdown);
  return report.good ? 0 : 1;
}

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  console.error(USAGE);
  process.exit(2);
}
// Leaving in order also ends the server.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
process.exit(await main(options));
