import type { Timeline } from "@parley/client";

/** `none`: everything is older. `not-held`: it may lie where this device holds nothing and cannot ask. */
export type FoundDay =
  | { readonly kind: "found"; readonly id: string; readonly ordinal: number }
  | { readonly kind: "none" }
  | { readonly kind: "not-held" };

interface Place {
  readonly id: string;
  readonly ordinal: number;
  readonly at: number;
}

/**
 * The first message from a time on, in a conversation of any length by a few pages: times grow with ordinals, so the time of a page says which
 * half to go on in, and mostly how far. What cannot be fetched is taken for older, as a device holds what is newest.
 *
 * @param timeline moves while it looks: not the one that somebody reads
 * @param from milliseconds since 1970
 */
export async function findDay(timeline: Timeline, from: number): Promise<FoundDay> {
  const search = new DaySearch(await entryHeadOf(timeline), from);
  for (let next = search.next(); next !== undefined; next = search.next()) {
    try {
      await timeline.jumpTo(next);
      search.saw(next, placesIn(timeline));
    } catch {
      search.missed(next);
    }
  }
  return search.result();
}

class DaySearch {
  readonly #from: number;
  /** What is looked for has an ordinal from `low` up to, and with, `high`; beyond the newest there is nothing. */
  #low = 1;
  #high: number;
  #best: Place | undefined;
  #before: Place | undefined;
  #lowIsMissing = false;
  #guesses = 0;

  constructor(entryHead: number, from: number) {
    this.#from = from;
    this.#high = entryHead + 1;
  }

  /** Where to look next, in turns where its time should be and in the middle. */
  next(): number | undefined {
    if (this.#low >= this.#high) return undefined;
    const span = this.#high - this.#low;
    const middle = this.#low + Math.floor(span / 2);
    const [before, after] = [this.#before, this.#best];
    if (before === undefined || after === undefined || this.#guesses++ % 2 === 1) return middle;
    const part = (this.#from - before.at) / Math.max(1, after.at - before.at);
    const guess = Math.round(before.ordinal + part * (after.ordinal - before.ordinal));
    return Math.min(Math.max(guess, this.#low), this.#high - 1);
  }

  saw(looked: number, places: readonly Place[]): void {
    const found = places.findIndex((place) => place.at >= this.#from);
    const [before, after] = [places[found < 0 ? places.length - 1 : found - 1], places[found]];
    if (before !== undefined) {
      this.#before = before;
      this.#lowIsMissing &&= before.ordinal < this.#low;
      this.#low = Math.max(this.#low, before.ordinal + 1);
    }
    if (after !== undefined && after.ordinal <= this.#high) {
      this.#best = after;
      // The message after the last older one is it; what stands between two messages of one page has no time.
      this.#high = before === undefined ? Math.min(after.ordinal, looked) : this.#low;
    }
    if (places.length === 0) this.#low = looked + 1;
  }

  missed(ordinal: number): void {
    this.#low = ordinal + 1;
    this.#lowIsMissing = true;
  }

  result(): FoundDay {
    if (this.#best === undefined)
      return { kind: this.#before === undefined && this.#lowIsMissing ? "not-held" : "none" };
    if (this.#lowIsMissing) return { kind: "not-held" };
    return { kind: "found", id: this.#best.id, ordinal: this.#best.ordinal };
  }
}

function placesIn(timeline: Timeline): readonly Place[] {
  return timeline
    .get()
    .rows.flatMap((row) =>
      row.kind === "message" && row.ordinal !== undefined ? [{ id: row.id, ordinal: row.ordinal, at: row.at }] : [],
    );
}

/** Told a moment after the timeline was opened. */
function entryHeadOf(timeline: Timeline): Promise<number> {
  return new Promise((resolve) => {
    const told = () => {
      const { entryHead, loaded } = timeline.get();
      if (entryHead === 0 && !loaded) return;
      stop();
      resolve(entryHead);
    };
    const stop = timeline.subscribe(told);
    told();
  });
}
