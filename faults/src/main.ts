import { parseArgs } from "node:util";
import { play } from "./play.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/scenarios.ts";

const USAGE = `Plays faults against a real server process and judges what came of them.

    npm run faults -- [--kills N] [--seed S] [--only SCENARIO]

Scenarios:
${scenarios.map(({ name, title }) => `    ${name.padEnd(18)} ${title}`).join("\n")}`;
const VIOLATIONS_SHOWN = 10;

interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly chosen: readonly Scenario[];
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.error(USAGE);
    process.exit(2);
  }
  let failed = 0;
  for (const scenario of options.chosen) if (!(await passes(scenario, options))) failed += 1;
  console.log(`\n${options.chosen.length - failed} scenarios passed, ${failed} failed, seed ${options.seed}`);
  process.exit(failed > 0 ? 1 : 0);
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2),
      options: {
        kills: { type: "string", default: "200" },
        seed: { type: "string", default: String(Date.now() % 1_000_000) },
        only: { type: "string" },
      },
    });
    const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only);
    const [kills, seed] = [Number(values.kills), Number(values.seed)];
    if (chosen.length === 0 || !Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) return undefined;
    return { kills, seed, chosen };
  } catch {
    return undefined;
  }
}

async function passes(scenario: Scenario, { kills, seed }: Options): Promise<boolean> {
  console.log(`\n── ${scenario.name}: ${scenario.title}`);
  const begun = performance.now();
  try {
    const outcome = await play(scenario, seed, kills);
    report(outcome, (performance.now() - begun) / 1_000);
    return outcome.violations.length === 0;
  } catch (error) {
    console.log(`   FAILED: ${error instanceof Error ? error.stack : String(error)}`);
    return false;
  }
}

function report({ violations, counts }: Outcome, seconds: number): void {
  const done = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  console.log(`   ${done.join(", ")} in ${seconds.toFixed(1)} s`);
  for (const { rule, detail } of violations.slice(0, VIOLATIONS_SHOWN)) console.log(`   [${rule}] ${detail}`);
  const more = violations.length - VIOLATIONS_SHOWN;
  if (more > 0) console.log(`   … and ${more} more`);
  console.log(violations.length === 0 ? "   ✓" : "   FAILED");
}

// Leaving in order also ends the server.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
await main();
