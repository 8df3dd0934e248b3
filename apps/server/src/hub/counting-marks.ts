import { type Marks, mergeMarks, noMarks } from "@parley/log";
import type { ReadState } from "@parley/protocol";

interface Counting {
  /** The greatest that were stored since the first of the counts began. */
  greatest: Marks;
  counts: number;
}

/** Counts what is unread after marks that were stored. Those that are read from the store overtake each other. */
export class CountingMarks {
  readonly #countings = new Map<string, Counting>();
  readonly #count: (account: string, conversation: string) => Promise<ReadState | undefined>;

  constructor(count: (account: string, conversation: string) => Promise<ReadState | undefined>) {
    this.#count = count;
  }

  /** What was counted, and whether greater marks were stored meanwhile: then those are told, and may have been already. */
  async count(
    account: string,
    conversation: string,
    stored: Marks,
  ): Promise<{ state: ReadState | undefined; outrun: boolean }> {
    const key = `${account}/${conversation}`;
    const counting = this.#countings.get(key) ?? { greatest: noMarks, counts: 0 };
    this.#countings.set(key, counting);
    counting.greatest = mergeMarks(counting.greatest, stored);
    counting.counts++;
    try {
      const state = await this.#count(account, conversation);
      const { delivered, read } = counting.greatest;
      return { state, outrun: state !== undefined && (state.delivered < delivered || state.read < read) };
    } finally {
      counting.counts--;
      if (counting.counts === 0) this.#countings.delete(key);
    }
  }
}
