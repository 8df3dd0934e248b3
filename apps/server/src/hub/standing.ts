import type { Marks } from "@parley/log";

/** How far many members have come, so that "how many have reached this" is a search and not a count. */
export class Standing {
  readonly #delivered: Float64Array;
  readonly #read: Float64Array;

  constructor(marks: readonly Marks[]) {
    this.#delivered = Float64Array.from(marks, ({ delivered }) => delivered).sort();
    this.#read = Float64Array.from(marks, ({ read }) => read).sort();
  }

  /** What the members other than one have reached, given the marks of that one and an ordinal to compare with. */
  without(own: Marks, ordinal: number) {
    return {
      deliveredByAll: leastWithout(this.#delivered, own.delivered),
      readByAll: leastWithout(this.#read, own.read),
      delivered: countFrom(this.#delivered, ordinal) - Number(own.delivered >= ordinal),
      read: countFrom(this.#read, ordinal) - Number(own.read >= ordinal),
    };
  }
}

/** The least of ascending values when one occurrence of `own` is left out; 0 if nothing remains. */
function leastWithout(values: Float64Array, own: number): number {
  return (values[0] === own ? values[1] : values[0]) ?? 0;
}

function countFrom(values: Float64Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return values.length - low;
}
