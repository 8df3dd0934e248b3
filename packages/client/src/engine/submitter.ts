import { type Answer, limits, RetryCode, type Submission } from "@parley/protocol";
import { creditShare } from "../core/credit-share.ts";
import { takeSubmissions } from "../core/take-submissions.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Outbox } from "./outbox.ts";
import type { Wire } from "./wire.ts";

/** Sends what waits in the outbox, within the credit, and takes the answers. */
export class Submitter {
  readonly #outbox: Outbox;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #isHeldBack: (log: string) => boolean;
  /** How many submissions may be unanswered at once. */
  credit = 0;
  /** The queue that is asked first, so that none waits for ever behind a long one. */
  #turn = 0;
  #cancelTimer: (() => void) | undefined;

  /**
   * @param again makes the engine flush once more
   * @param isHeldBack logs to which nothing may be sent now
   */
  constructor(outbox: Outbox, wire: Wire, clock: Clock, again: () => void, isHeldBack: (log: string) => boolean) {
    this.#isHeldBack = isHeldBack;
    this.#outbox = outbox;
    this.#wire = wire;
    this.#clock = clock;
    this.#again = again;
  }

  answered(answer: Answer, batch: Batch): void {
    const { id, outcome } = answer;
    for (const queue of this.#outbox.queues) {
      if (!queue.flights.some((flight) => flight.id === id)) continue;
      if (outcome.case === "verdict") this.#verdict(queue.log, id, outcome.value.outcome, batch);
      else if (outcome.case === "stale")
        this.#outbox.apply(queue.log, { kind: "stale", id, last: outcome.value.last }, batch);
      else {
        const { code, retryAfterMs } = outcome.value ?? { code: RetryCode.UNSPECIFIED, retryAfterMs: 0 };
        this.#outbox.apply(queue.log, { kind: "retry", id, at: this.#clock.elapsed() + retryAfterMs, code }, batch);
      }
    }
  }

  /** Sends whatever may be sent now. What leaves for the first time is stored as possibly sent in the batch that comes before it. */
  flush(batch: Batch): void {
    if (!this.#wire.ready) return;
    for (;;) {
      const submissions = this.#frame(batch);
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

  /** The submissions of one frame. */
  #frame(batch: Batch): Submission[] {
    const submissions: Submission[] = [];
    let bytes = 0;
    const { queues } = this.#outbox;
    const active = queues.filter(({ waiting }) => waiting.length > 0).length;
    let unanswered = queues.reduce((sum, queue) => sum + queue.flights.length, 0);
    this.#turn++;
    for (let index = 0; index < queues.length; index++) {
      const queue = queues[(this.#turn + index) % queues.length];
      if (queue === undefined || queue.waiting.length === 0 || this.#isHeldBack(queue.log)) continue;
      const room = limits.submissionsPerFrame - submissions.length;
      const taken = takeSubmissions(queue, {
        now: this.#clock.elapsed(),
        credit: Math.min(creditShare(queue.flights.length, { credit: this.credit, unanswered, active }), room),
        bytes: limits.submissionBytesPerFrame - bytes,
      });
      if (taken.submissions.length === 0) continue;
      this.#outbox.replaceQueue(taken.queue);
      for (const pending of taken.firstSent) this.#outbox.put(pending, batch);
      submissions.push(...taken.submissions);
      bytes += taken.bytes;
      unanswered += taken.submissions.length;
    }
    return submissions;
  }

  #verdict(log: string, id: string, outcome: VerdictOutcome, batch: Batch): void {
    if (outcome.case === undefined) return;
    this.#outbox.apply(
      log,
      {
        kind: "verdict",
        id,
        outcome:
          outcome.case === "accepted"
            ? { kind: "accepted", seq: outcome.value.seq, receivedAt: outcome.value.receivedAt }
            : { kind: "rejected", code: outcome.value.code, reason: outcome.value.reason },
      },
      batch,
    );
  }

  /** Comes back for the queue that may be retried first. */
  #setTimer(): void {
    this.lost();
    const now = this.#clock.elapsed();
    const times = this.#outbox.queues.map(({ retryAt }) => retryAt ?? 0).filter((at) => at > now);
    if (times.length > 0) this.#cancelTimer = this.#clock.after(Math.min(...times) - now, this.#again);
  }
}

type VerdictOutcome = Extract<Answer["outcome"], { readonly case: "verdict" }>["value"]["outcome"];
