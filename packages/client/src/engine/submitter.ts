import type { Answer } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Outbox } from "./outbox.ts";
import type { Submissions } from "./submissions.ts";
import type { Wire } from "./wire.ts";

/** Sends what waits in the outbox over the socket, as soon as it may be sent. */
export class Submitter {
  readonly #outbox: Outbox;
  readonly #submissions: Submissions;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #again: () => void;
  #cancelTimer: (() => void) | undefined;

  /** @param again makes the engine flush once more */
  constructor(outbox: Outbox, submissions: Submissions, wire: Wire, clock: Clock, again: () => void) {
    this.#outbox = outbox;
    this.#submissions = submissions;
    this.#wire = wire;
    this.#clock = clock;
    this.#again = again;
  }

  /** How many submissions may be unanswered at once. */
  set credit(credit: number) {
    this.#submissions.credit = credit;
  }

  answered(answer: Answer, batch: Batch): void {
    this.#submissions.answered(answer, batch);
  }

  /** Sends whatever may be sent now. What leaves for the first time is stored as possibly sent in the batch that comes before it. */
  flush(batch: Batch): void {
    if (!this.#wire.ready) return;
    for (;;) {
      const submissions = this.#submissions.take(batch);
      if (submissions.length === 0) break;
      batch.after(() => this.#wire.send({ case: "submit", value: { submissions } }));
    }
    batch.after(() => this.#setTimer());
  }

  /** The socket closed. */
  lost(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** Comes back for the queue that may be retried first. */
  #setTimer(): void {
    this.lost();
    const now = this.#clock.elapsed();
    const times = this.#outbox.queues.map(({ retryAt }) => retryAt ?? 0).filter((at) => at > now);
    if (times.length > 0) this.#cancelTimer = this.#clock.after(Math.min(...times) - now, this.#again);
  }
}
