import type { ProcessorClock } from "../measure/processor-clock.ts";
import type { Finding } from "../report/finding.ts";

/** What rows are given to measure with. */
export interface Bench {
  readonly quick: boolean;
  /** As little as shows that a row works; only rows that the tests run know of it. */
  readonly least: boolean;
  /** How often each value is measured; findings carry one value for each. */
  readonly runs: number;
  /** Where rows make their data folders: an own, empty one for each row, removed afterwards. */
  readonly folder: string;
  readonly processors: ProcessorClock;
  /** A program with arguments to start servers and baselines that store with. It keeps the process; empty for the disk as it is. */
  readonly wrapper: readonly string[];
  /** Added to ids and titles of the pass with slow syncs. */
  readonly slowDisk: boolean;
  /** Says what happens, for who waits. */
  readonly report: (text: string) => void;
}

/** One measurement, which may give several lines of the report. */
export interface Row {
  /** What `--only` selects by. */
  readonly id: string;
  /** Whether it waits for the disk, and so is measured once more with slow syncs. */
  readonly stores: boolean;
  /** Throws if it could not be measured; the others go on. */
  measure(bench: Bench): Promise<readonly Finding[]>;
}
