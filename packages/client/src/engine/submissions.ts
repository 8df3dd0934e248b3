import { type Answer, limits, RetryCode, type Submission } from "@parley/protocol";
import { creditShare } from "../core/credit-share.ts";
import { takeSubmissions } from "../core/take-submissions.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Outbox } from "./outbox.ts";

/** Chooses what of the outbox is sent next, within the credit, and takes the answers. */
export class Submissions {
  /** How many submissions may be unanswered at once. */
  credit = 0;
  readonly #outbox: Outbox;
  readonly #clock: Pick<Clock, "elapsed">;
  readonly #isHeldBack: (log: string) => boolean;
  readonly #takeFrom: typeof takeSubmissions;
  /** The queue that is asked first, so that none waits for ever behind a long one. */
  #turn = 0;

  /**
   * @param isHeldBack logs to which nothing may be sent now
   * @param takeFrom replaced only by tests that break the rule
   */
  constructor(
    outbox: Outbox,
    clock: Pick<Clock, "elapsed">,
    isHeldBack: (log: string) => boolean,
    takeFrom = takeSubmissions,
  ) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#isHeldBack = isHeldBack;
    this.#takeFrom = takeFrom;
  }

  /** What leaves together next; empty if nothing may now. What leaves for the first time is stored as possibly sent, in this batch. */
  take(batch: Batch): Submission[] {
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
      const taken = this.#takeFrom(queue, {
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
}

type VerdictOutcome = Extract<Answer["outcome"], { readonly case: "verdict" }>["value"]["outcome"];
