import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import { Coverage } from "./coverage.ts";
import { COVERING_SEEDS, faultsOfCoverage } from "./expected-coverage.ts";
import { playCrowd } from "./play-crowd.ts";
import { playEntrance } from "./play-entrance.ts";
import { type Report, simulate } from "./simulate.ts";

const MOST_PROCESSES = 8;
const LINES_OF_A_FAILURE = 60;
const LINES_OF_ONE_SEED = 20_000;

const help = `Runs the real engine and the real server core on virtual time, while networks, processes, disks and clocks fail.

  npm run simulate -- --seeds 20000     so many seeds
  npm run simulate -- --from 5000       beginning with this one
  npm run simulate -- --seed 4711       one seed, with everything that happened
  npm run simulate -- --crowd 256       so many people in one group, who join, write and leave at once
  npm run simulate -- --entrance 256    so many people who join a group by one link at once, write, and leave`;

/** A share of the work, for one process: seeds from, from + step, from + 2 × step, … */
interface Share {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: String(COVERING_SEEDS) },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    step: { type: "string" },
    crowd: { type: "string" },
    entrance: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(help);
else if (values.step !== undefined)
  await runShare({ from: wholeNumber(values.from), step: wholeNumber(values.step), count: wholeNumber(values.seeds) });
else if (values.crowd !== undefined) await runCrowd(wholeNumber(values.crowd));
else if (values.entrance !== undefined) await runEntrance(wholeNumber(values.entrance));
else if (values.seed !== undefined) process.exitCode = await runOne(wholeNumber(values.seed));
else process.exitCode = await runAll(wholeNumber(values.from), wholeNumber(values.seeds));

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  console.error(`"${text}" is not a whole number.\n\n${help}`);
  process.exit(2);
}

/** Ends with what should not have been, if there was any such thing. */
async function runCrowd(people: number): Promise<void> {
  const began = performance.now();
  const report = await playCrowd(people, compileStatements(sqliteDialect().compiler));
  const { events, present, additions, departures, hash } = report;
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(
    `a crowd of ${people} (${hash}): ${events} events, ${additions} additions, ${departures} departures, ${present} there at the end, in ${seconds} s`,
  );
}

/** The same. */
async function runEntrance(people: number): Promise<void> {
  const began = performance.now();
  const { events, present, left, hash } = await playEntrance(people, compileStatements(sqliteDialect().compiler));
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(
    `an entrance of ${people} (${hash}): ${events} events, ${present} there at once, ${left} departures, in ${seconds} s`,
  );
}

async function runOne(seed: number): Promise<number> {
  const statements = compileStatements(sqliteDialect().compiler);
  const report = await simulate(seed, { statements, keepLines: LINES_OF_ONE_SEED });
  for (const line of report.failure?.trace ?? []) console.log(line);
  console.log(summaryOf(report));
  return report.failure === undefined ? 0 : 1;
}

/** Prints one report per line, for the process that divided the work. */
async function runShare({ from, step, count }: Share): Promise<void> {
  // What the server says about its disk is no news here.
  console.error = () => undefined;
  const statements = compileStatements(sqliteDialect().compiler);
  for (let index = 0; index < count; index++) {
    const report = await simulate(from + index * step, { statements, keepLines: LINES_OF_A_FAILURE });
    console.log(JSON.stringify(report));
  }
}

async function runAll(from: number, seeds: number): Promise<number> {
  const began = performance.now();
  const processes = Math.min(availableParallelism(), MOST_PROCESSES, Math.max(1, seeds));
  const coverage = new Coverage();
  const failed: Report[] = [];
  let done = 0;
  const take = (report: Report) => {
    done += 1;
    coverage.merge(report.coverage);
    if (report.failure !== undefined) {
      failed.push(report);
      console.log(`${summaryOf(report)}\n  ${report.failure.trace.join("\n  ")}`);
    }
    if (done % 100 === 0) console.log(`${done} of ${seeds} seeds, ${failed.length} failed`);
  };
  const shares = Array.from({ length: processes }, (_, index) => ({
    from: from + index,
    step: processes,
    count: Math.ceil((seeds - index) / processes),
  }));
  const ends = await Promise.all(shares.map((share) => runElsewhere(share, take)));
  printCoverage(coverage);
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(
    `${done} seeds, ${coverage.total("command ")} commands, ${coverage.total("fault ")} faults in ${seconds} s`,
  );
  for (const report of failed) console.log(summaryOf(report));
  const missing = done >= COVERING_SEEDS ? faultsOfCoverage(coverage) : [];
  for (const name of missing) console.log(`never happened: ${name}`);
  const broken = ends.some((code) => code !== 0) || done !== seeds;
  if (broken) console.log("A process of the simulation ended before its work was done.");
  return failed.length > 0 || missing.length > 0 || broken ? 1 : 0;
}

/** Lets another process do a share; its exit code. */
async function runElsewhere({ from, step, count }: Share, take: (report: Report) => void): Promise<number> {
  const child = Bun.spawn({
    cmd: [process.execPath, import.meta.path, "--from", `${from}`, "--step", `${step}`, "--seeds", `${count}`],
    stdout: "pipe",
    stderr: "inherit",
  });
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    // Written by `runShare` of this very file.
    for (const line of lines) take(JSON.parse(line) as Report);
  }
  return child.exited;
}

function summaryOf({ seed, hash, commands, faults, failure }: Report): string {
  const end = failure === undefined ? "as it should be" : `FAILED [${failure.rule}] ${failure.detail}`;
  const again = failure === undefined ? "" : `\n  again: npm run simulate -- --seed ${seed}`;
  return `seed ${seed} (${hash}, ${commands} commands, ${faults} faults): ${end}${again}`;
}

function printCoverage(coverage: Coverage): void {
  const counts = Object.entries(coverage.toRecord());
  const width = Math.max(...counts.map(([name]) => name.length));
  for (const [name, count] of counts) console.log(`  ${name.padEnd(width)} ${String(count).padStart(9)}`);
}
