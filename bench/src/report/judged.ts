import { median } from "../measure/percentiles.ts";
import type { Budget, Finding } from "./finding.ts";

/** "shown": nothing is promised. */
export type Verdict = "aim" | "must" | "missed" | "shown";

/** A finding with what follows from it. */
export interface Judged {
  readonly finding: Finding;
  /** Median of the runs. */
  readonly measured: number;
  /** Median of the baseline's runs; undefined without one. */
  readonly baseline: number | undefined;
  /** Median of each run divided by the baseline of that same run; undefined without a baseline. */
  readonly ratio: number | undefined;
  readonly verdict: Verdict;
}

export function judged(finding: Finding): Judged {
  const measured = median(finding.runs);
  const { baseline, budget } = finding;
  const ratio = baseline === undefined ? undefined : median(ratios(finding.runs, baseline.runs));
  return {
    finding,
    measured,
    baseline: baseline === undefined ? undefined : median(baseline.runs),
    ratio,
    verdict: budget === undefined ? "shown" : verdictOn(ratio ?? measured, budget),
  };
}

/** What cannot be compared (not a number) has missed. */
function verdictOn(value: number, { bound, must, aim }: Budget): Verdict {
  const holds = (limit: number) => (bound === "at most" ? value <= limit : value >= limit);
  if (holds(aim)) return "aim";
  return holds(must) ? "must" : "missed";
}

/** @throws RangeError unless each run has its baseline */
function ratios(runs: readonly number[], baselines: readonly number[]): number[] {
  if (runs.length !== baselines.length) throw new RangeError("Each run needs a baseline of its own.");
  return runs.map((run, index) => run / (baselines[index] ?? Number.NaN));
}
