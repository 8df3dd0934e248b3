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

/** Questions to the server and who waits for their answers. */
export class Requests {
  readonly #wire: Wire;
  readonly #open = new Map<number, OpenRequest>();
  #lastId = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Asks once the batch is committed. Exactly one of the two outcomes follows. */
  ask(question: Question, open: OpenRequest, batch: Batch): void {
    this.#lastId++;
    const id = this.#lastId;
    this.#open.set(id, open);
    batch.after(() => this.#wire.send({ case: "request", value: { id, question } }));
  }

  async answered(response: Response, batch: Batch): Promise<void> {
    const open = this.#open.get(response.id);
    this.#open.delete(response.id);
    await open?.answered(response.answer, batch);
  }

  /** The socket closed: no answer will come. */
  lost(batch: Batch): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const request of open) request.lost(batch);
  }
}
