/** What is promised: the value that must hold, and the one that is aimed at. Applies to the ratio where there is a baseline, else to what was measured. */
export interface Budget {
  readonly bound: "at most" | "at least";
  readonly must: number;
  readonly aim: number;
}

/** The same work done without Parley, in the same unit, run by run. */
export interface Baseline {
  readonly name: string;
  readonly runs: readonly number[];
}

/** One line of the report. */
export interface Finding {
  /** Stable, for comparing reports. */
  readonly id: string;
  readonly title: string;
  /** Of what was measured: "µs", "ms", "/s", "kB", "s". */
  readonly unit: string;
  /** One value for each run; the report shows the median. */
  readonly runs: readonly number[];
  readonly baseline?: Baseline;
  readonly budget?: Budget;
  /** Of rows that store: what one sync took on their disk, milliseconds (median). */
  readonly syncMs?: number;
  /** How many cores anything but the bench and what it measures used meanwhile. What disturbs is marked in the report. */
  readonly disturbance?: number;
  /** Whatever a reader needs to judge the value: rates, counts, the generator's own load. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A row that could not be measured, and why. */
export interface Failure {
  readonly row: string;
  readonly reason: string;
}
