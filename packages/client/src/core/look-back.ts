import { addRange, type Range, type Ranges, rangeAt } from "@parley/log";
import type { StoredConversation } from "../ports/client-store.ts";
import { clearedIn, type Hidden } from "./account-hidden.ts";

/** The runs of a conversation in which nobody has to look for what may be shown: hidden, or out of sight. */
export function nothingToShow({ skips }: Pick<StoredConversation, "skips">, hidden: Hidden): Ranges {
  const runs = [...skips.map(({ fromOrdinal: from, toOrdinal: to }) => ({ from, to })), ...hidden.runs];
  return runs.reduce<Ranges>(
    addRange,
    [{ from: 1, to: clearedIn(hidden) }].filter(({ to }) => to > 0),
  );
}

/** Where to look next, back from an ordinal and past such runs: at most `most` entries; undefined where nothing is left. */
export function lookBack(from: number, past: Ranges, most: number): Range | undefined {
  const to = (rangeAt(past, from)?.from ?? from + 1) - 1;
  if (to < 1) return undefined;
  const before = past.findLast((run) => run.to < to)?.to ?? 0;
  return { from: Math.max(before + 1, to - most + 1), to };
}
