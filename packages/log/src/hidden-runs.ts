import { addRange, type Range, type Ranges } from "./ranges.ts";

/** What an account does not want to see of a conversation. */
export interface HiddenRuns {
  /** Of ordinals. */
  readonly runs: Ranges;
  /** The conversation is out of the list until there is an entry after this ordinal; 0 if it is listed. */
  readonly unlistedUpTo: number;
}

export const noHiddenRuns: HiddenRuns = { runs: [], unlistedUpTo: 0 };

/** What is hidden after an event: runs are only added, and nothing is ever shown again. */
export function hideRuns(
  before: HiddenRuns,
  { runs: added, unlists }: { readonly runs: readonly Range[]; readonly unlists: boolean },
): HiddenRuns {
  const runs = added.reduce<Ranges>((all, { from, to }) => addRange(all, { from, to }), before.runs);
  const last = unlists ? Math.max(0, ...added.map(({ to }) => to)) : 0;
  return { runs, unlistedUpTo: Math.max(before.unlistedUpTo, last) };
}

/** The last ordinal of what was cleared: everything up to it is hidden; 0 if nothing was. */
export function clearedUpTo(runs: Ranges): number {
  const [first] = runs;
  return first?.from === 1 ? first.to : 0;
}

/** How many runs count against the limit: of each conversation one can be cleared besides. */
export function countedRuns(runs: Ranges): number {
  return runs.length - (clearedUpTo(runs) > 0 ? 1 : 0);
}
