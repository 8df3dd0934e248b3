import type { Marks } from "@parley/log";
import type { OrdinalSpan } from "../log/log-reader.ts";

interface Latecomer {
  readonly account: string;
  readonly spans: readonly OrdinalSpan[];
  readonly marks: Marks;
}

/** Members who may not see the log from its first entry on: their marks say nothing of what lies outside their spans. */
export class Latecomers {
  readonly #members: readonly Latecomer[];

  constructor(
    members: Iterable<string>,
    spansOf: ReadonlyMap<string, readonly OrdinalSpan[]>,
    marksOf: (account: string) => Marks,
  ) {
    this.#members = [...members]
      .map((account) => ({ account, spans: spansOf.get(account) ?? [], marks: marksOf(account) }))
      .filter(({ spans }) => !seesFromTheFirst(spans));
  }

  /** How many of them, the author left out, have marks beyond a message that they may not see. */
  beyond(ordinal: number, author: string): { readonly delivered: number; readonly read: number } {
    const blind = this.#members.filter(({ account, spans }) => account !== author && !sees(spans, ordinal));
    return {
      delivered: blind.filter(({ marks }) => marks.delivered >= ordinal).length,
      read: blind.filter(({ marks }) => marks.read >= ordinal).length,
    };
  }
}

function seesFromTheFirst([first]: readonly OrdinalSpan[]): boolean {
  return first?.fromOrdinal === 1 && first.toOrdinal === 0;
}

function sees(spans: readonly OrdinalSpan[], ordinal: number): boolean {
  return spans.some(
    ({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && (toOrdinal === 0 || ordinal <= toOrdinal),
  );
}
