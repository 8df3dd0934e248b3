import { limits } from "@parley/protocol";
import type { SavedView } from "../api/saved-view.ts";
import type { Batch } from "./batch.ts";
import type { MessageReader } from "./message-reader.ts";
import type { SavedKeeper } from "./saved.ts";

/** Reads the saved messages, the last one first. */
export class SavedReader {
  readonly #keeper: SavedKeeper;
  readonly #messages: MessageReader;

  constructor(keeper: SavedKeeper, messages: MessageReader) {
    this.#keeper = keeper;
    this.#messages = messages;
  }

  async look(most: number, batch: Batch): Promise<{ readonly view: Promise<SavedView> }> {
    const { all } = this.#keeper;
    const places = all.slice(-Math.min(Math.max(most, 1), limits.savedPerAccount)).reverse();
    const { messages } = await this.#messages.read(places, batch);
    // In the order of the places.
    const items = messages.then((read) => read.map((item, index) => ({ ...item, thread: places[index]?.thread })));
    return { view: items.then((read) => ({ count: all.length, items: read })) };
  }
}
