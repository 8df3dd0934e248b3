import { chart, type Panel } from "./chart.ts";
import { type Flatness, flatnessOf } from "./flatness.ts";
import type { SoakCounts } from "./soak-load.ts";
import type { VitalSign } from "./vital-signs.ts";

export interface SoakReport {
  readonly svg: string;
  readonly markdown: string;
  /** Everything that is judged was flat, for long enough to tell, and nobody was left without an answer. */
  readonly good: boolean;
}

export interface SoakFacts {
  readonly minutes: number;
  /** Date, machine and versions, in a line. */
  readonly circumstances: string;
  readonly signs: readonly VitalSign[];
  readonly counts: SoakCounts;
}

interface JudgedSign {
  readonly sign: VitalSign;
  readonly flatness: Flatness | undefined;
}

export function soakReport({ minutes, circumstances, signs, counts }: SoakFacts): SoakReport {
  const judged = signs.map((sign) => ({ sign, flatness: sign.allowance && flatnessOf(sign.points, sign.allowance) }));
  // What was watched for too short a time has shown nothing.
  const unproven = judged.filter(({ flatness }) => !isGood(flatness));
  return {
    svg: chart(`Soak of ${minutes} minutes`, judged.map(panelOf)),
    markdown: [
      "# Soak",
      "",
      circumstances,
      "",
      `${minutes} minutes. The second half is judged: the lowest point of each tenth of it (orange in the picture) must not rise by more than the allowance.`,
      "Heap, objects and timers are counted after a garbage collection that the bench asks for; it does so every few seconds.",
      "",
      "![Each value over time](soak.svg)",
      "",
      "| | at the end | rose by | allowed | |",
      "|---|---:|---:|---:|---|",
      ...judged.map(lineOf),
      "",
      "## What people did",
      "",
      "| action | outcomes |",
      "|---|---|",
      ...outcomeLines(counts),
      "",
      counts.failures.length === 0 ? "Nobody was left without an answer." : "## Failures",
      "",
      ...counts.failures.map(([what, count]) => `- ${count} × ${what}`),
      "",
    ].join("\n"),
    good: unproven.length === 0 && counts.failures.length === 0,
  };
}

function isGood(flatness: Flatness | undefined): boolean {
  return flatness === undefined || flatness.verdict === "flat";
}

function panelOf({ sign, flatness }: JudgedSign): Panel {
  const { title, shown, points } = sign;
  const floor = flatness === undefined || flatness.verdict === "too short" ? [] : flatness.floor;
  return { title, shown, points, floor, note: verdictOf(flatness), good: isGood(flatness) };
}

function lineOf({ sign, flatness }: JudgedSign): string {
  const { title, shown, points } = sign;
  const judged = flatness === undefined || flatness.verdict === "too short" ? undefined : flatness;
  const [rise, allowed] = [judged?.rise, judged?.allowed].map((value) => (value === undefined ? "" : shown(value)));
  return `| ${title} | ${shown(points.at(-1)?.value ?? 0)} | ${rise} | ${allowed} | ${verdictOf(flatness)} |`;
}

function verdictOf(flatness: Flatness | undefined): string {
  return flatness === undefined ? "grows with what is stored" : flatness.verdict;
}

function outcomeLines({ outcomes }: SoakCounts): string[] {
  const byAction = new Map<string, string[]>();
  for (const [action, outcome, count] of outcomes) {
    byAction.set(action, [...(byAction.get(action) ?? []), `${count} ${outcome}`]);
  }
  return [...byAction].map(([action, said]) => `| ${action} | ${said.join(", ")} |`);
}
