import type { Circumstances } from "./circumstances.ts";
import type { Failure, Finding } from "./finding.ts";
import { type Judged, judged } from "./judged.ts";

/** All that one start of the benchmark found. */
export interface Report {
  readonly circumstances: Circumstances;
  readonly lines: readonly Judged[];
  readonly failures: readonly Failure[];
}

export function reportOf(
  circumstances: Circumstances,
  findings: readonly Finding[],
  failures: readonly Failure[],
): Report {
  return { circumstances, lines: findings.map(judged), failures };
}
