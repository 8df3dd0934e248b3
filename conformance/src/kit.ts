import type { ConformanceCase } from "./kit/conformance-case.ts";
import { requiredParts } from "./kit/coverage.ts";
import { exceptions } from "./kit/exceptions.ts";
import { type RunSettings, runCases, type Tally } from "./kit/runner.ts";
import { roots } from "./kit/schema.ts";

export interface KitSettings extends RunSettings {
  readonly cases: readonly ConformanceCase[];
  /** Only cases whose title has this in it, such as the id of a rule; what they leave uncovered is no failure then. */
  readonly only: string | undefined;
}

/** Runs the kit and says how it went; whether everything passed. */
export async function runKit({ cases, only, ...settings }: KitSettings): Promise<boolean> {
  const chosen = cases.filter(({ title }) => only === undefined || title.includes(only));
  const tally = await runCases(chosen, settings);
  const gaps = only === undefined ? gapsOf(tally, settings) : [];
  for (const gap of gaps) settings.print(`✗ ${gap}`);
  if (tally.passed + tally.failed === 0) settings.print(`No case has "${only}" in its title.`);
  settings.print(`\n${tally.accounts} accounts were signed up.`);
  settings.print(`${tally.passed} passed, ${tally.failed + gaps.length} failed`);
  return tally.passed > 0 && tally.failed + gaps.length === 0;
}

/** Parts of the schema that were never on the wire, and exceptions that are none. */
function gapsOf({ coverage }: Tally, { encodings }: RunSettings): string[] {
  const gaps: string[] = [];
  for (const encoding of encodings) {
    for (const part of requiredParts(roots)) {
      const covered = coverage.has(encoding, part);
      const excepted = exceptions[part] !== undefined;
      if (!covered && !excepted) gaps.push(`${encoding.padEnd(5)} not covered: ${part}`);
      if (covered && excepted) gaps.push(`${encoding.padEnd(5)} covered, so no exception: ${part}`);
    }
  }
  return gaps;
}
