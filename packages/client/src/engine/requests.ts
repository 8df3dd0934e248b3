import type { MessageInitShape } from "@bufbuild/protobuf";
import type { RequestSchema, Response } from "@parley/protocol";
import type { Batch } from "./batch.ts";
import type { Wire } from "./wire.ts";

type Question = NonNullable<MessageInitShape<typeof RequestSchema>["question"]>;
type Answer = Response["answer"];

interface OpenRequest {
  answered(answer: Answer, batch: Batch): Promise<void> | void;
  lost(batch: Batch): void;
}

/** So many are unanswered at once, and the others wait: a server disconnects who asks more of it, as often as it asks. */
const MOST_SENT = 24;

/** Questions to the server and who waits for their answers. */
export class Requests {
  readonly #wire: Wire;
  readonly #open = new Map<number, OpenRequest>();
  /** Of the open ones those that are not sent yet, in their order. */
  #waiting: (readonly [id: number, question: Question])[] = [];
  #lastId = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Asks once the batch is committed. Exactly one of the two outcomes follows. */
  ask(question: Question, open: OpenRequest, batch: Batch): void {
    this.#lastId++;
    const id = this.#lastId;
    this.#open.set(id, open);
    this.#waiting.push([id, question]);
    batch.after(() => this.#send());
  }

  async answered(response: Response, batch: Batch): Promise<void> {
    const open = this.#open.get(response.id);
    this.#open.delete(response.id);
    batch.after(() => this.#send());
    await open?.answered(response.answer, batch);
  }

  /** The socket closed: no answer will come. */
  lost(batch: Batch): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    this.#waiting = [];
    for (const request of open) request.lost(batch);
  }

  #send(): void {
    if (!this.#wire.ready) return;
    const room = MOST_SENT - (this.#open.size - this.#waiting.length);
    for (const [id, question] of this.#waiting.splice(0, Math.max(0, room))) {
      this.#wire.send({ case: "request", value: { id, question } });
    }
  }
}
