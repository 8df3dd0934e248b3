import type { ConformanceCase } from "./kit/conformance-case.ts";
import { requiredParts } from "./kit/coverage.ts";
import { exceptions, exceptionsOverSecond } from "./kit/exceptions.ts";
import { type RunSettings, runCases, type Tally } from "./kit/runner.ts";
import { linkRoots, roots } from "./kit/schema.ts";

export interface KitSettings extends RunSettings {
  readonly cases: readonly ConformanceCase[];
  /** Only cases whose title has this in it, such as the id of a rule; what they leave uncovered is no failure then. */
  readonly only: string | undefined;
  /** Whether a case stops the server. */
  readonly operated: boolean;
}

/** Runs the kit; how many passed and how many failed, parts of the schema that nothing covered among them. */
export async function runKit({ cases, only, ...settings }: KitSettings): Promise<[passed: number, failed: number]> {
  const chosen = cases.filter(({ title }) => only === undefined || title.includes(only));
  const tally = await runCases(chosen, settings);
  const gaps = only === undefined ? [...gapsOf(tally, settings), ...gapsOverSecond(tally, settings)] : [];
  for (const gap of gaps) settings.print(`✗ ${gap}`);
  settings.print(`The kit signed up ${tally.accounts} accounts.`);
  return [tally.passed, tally.failed + gaps.length];
}

/** Parts of the schema that were never on the wire, and exceptions that are none. */
function gapsOf({ coverage }: Tally, { encodings, operated }: Pick<KitSettings, "encodings" | "operated">): string[] {
  const excepted = new Set(exceptions.filter((each) => !(operated && each.unlessOperated)).map(({ part }) => part));
  const required = requiredParts(roots);
  const unknown = exceptions.filter(({ part }) => !required.includes(part));
  const gaps = unknown.map(({ part }) => `an exception for what is not in the schema: ${part}`);
  for (const encoding of encodings) {
    for (const part of required) {
      const covered = coverage.has(encoding, part);
      if (!covered && !excepted.has(part)) gaps.push(`${encoding.padEnd(5)} not covered: ${part}`);
      if (covered && excepted.has(part)) gaps.push(`${encoding.padEnd(5)} covered, so no exception: ${part}`);
    }
  }
  return gaps;
}

/** Parts that were never seen over the second transport: each case runs there in one encoding, so the encodings count together. */
function gapsOverSecond({ coverage }: Tally, { secondTransport }: Pick<KitSettings, "secondTransport">): string[] {
  if (secondTransport === undefined) return [];
  const { name } = secondTransport;
  const excepted = new Set([...exceptions, ...exceptionsOverSecond].map(({ part }) => part));
  const lacking = requiredParts(linkRoots).filter((part) => !coverage.hasOver(name, part) && !excepted.has(part));
  const covered = exceptionsOverSecond.filter(({ part }) => coverage.hasOver(name, part));
  return [
    ...lacking.map((part) => `${name} not covered: ${part}`),
    ...covered.map(({ part }) => `${name} covered, so no exception: ${part}`),
  ];
}
