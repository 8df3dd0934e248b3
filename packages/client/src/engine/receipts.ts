import type { ReceiptsView } from "../api/receipts-view.ts";
import { receiptsByMarks, receiptsTold } from "../core/receipts.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

const nobody: ReceiptsView = { from: "device", receipts: [] };

/** Asks the server who received and read a message; where it cannot be asked, marks say what they can. */
export class ReceiptReader {
  readonly #model: Model;
  readonly #wire: Wire;
  readonly #requests: Requests;
  readonly #viewer: string;

  constructor(model: Model, wire: Wire, requests: Requests, viewer: string) {
    this.#model = model;
    this.#wire = wire;
    this.#requests = requests;
    this.#viewer = viewer;
  }

  /** The answer comes as an input of its own, so it is handed out and not waited for. */
  async read(
    conversation: string,
    message: string,
    batch: Batch,
  ): Promise<{ readonly view: ReceiptsView | Promise<ReceiptsView> }> {
    const byMarks = await this.#byMarks(conversation, message, batch);
    if (!this.#wire.ready) return { view: byMarks };
    const { promise, resolve } = Promise.withResolvers<ReceiptsView>();
    this.#requests.ask(
      { case: "receipts", value: { conversation, message } },
      {
        answered: ({ case: kind, value }) =>
          resolve(kind === "receipts" ? receiptsTold(value.receipts, this.#model.profiles) : byMarks),
        lost: () => resolve(byMarks),
      },
      batch,
    );
    return { view: promise };
  }

  async #byMarks(conversation: string, message: string, batch: Batch): Promise<ReceiptsView> {
    const stored = this.#model.conversations.get(conversation)?.stored;
    const [entry] = await batch.entriesById(conversation, [message]);
    if (stored?.state === undefined || entry === undefined) return nobody;
    return receiptsByMarks(entry, stored.state, stored, this.#viewer, this.#model.profiles);
  }
}
