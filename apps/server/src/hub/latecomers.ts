import type { OrdinalSpan } from "../log/log-reader.ts";
import type { Seat } from "./seat.ts";

/** Members who may not see the log from its first entry on: their marks say nothing of what lies outside their spans. */
export class Latecomers {
  readonly #seats: readonly Seat[];

  constructor(seats: readonly Seat[]) {
    this.#seats = seats.filter(({ spans }) => !seesFromTheFirst(spans ?? []));
  }

  /** How many of them, the author left out, have marks beyond a message that they may not see. */
  beyond(ordinal: number, author: Seat): { readonly delivered: number; readonly read: number } {
    const blind = this.#seats.filter((seat) => seat !== author && !sees(seat.spans ?? [], ordinal));
    return {
      delivered: blind.filter(({ delivered }) => delivered >= ordinal).length,
      read: blind.filter(({ shown }) => shown >= ordinal).length,
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
