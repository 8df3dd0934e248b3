import type { SeededRandom } from "@parley/simulation";
import type { Violation } from "@parley/simulation/oracle";

/** One kind of fault, and how it is made. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  /** What must hold, in a line. */
  readonly title: string;
  /** How often the fault is made for each kill of the run; once if absent. */
  readonly share?: number;
  /** Makes the faults and judges what came of them. Throws where something does not come to rest. */
  play(options: PlayOptions): Promise<Outcome>;
}

export interface PlayOptions {
  readonly random: SeededRandom;
  /** An empty folder of this play alone, removed after it. */
  readonly folder: string;
  /** How often the fault is made, for scenarios that repeat it. */
  readonly times: number;
}

export interface Outcome {
  readonly violations: readonly Violation[];
  /** What was done and seen, for the report: a play that did nothing proves nothing. */
  readonly counts: Readonly<Record<string, number>>;
}
