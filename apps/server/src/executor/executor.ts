import type { Answer } from "@parley/protocol";
import { RetryCode } from "@parley/protocol";
import type { Transactor } from "../log/log-store.ts";
import type { AccountNews, Outcome, PublishedEvent, Submitted } from "../log/log-writer.ts";
import { StoreError } from "../store/store-error.ts";
import type { Turns } from "../store/turns.ts";
import { FailureCounter } from "./failure-counter.ts";
import { type Judge, type JudgeParts, judge, judgeFailed } from "./judge.ts";
import { Ledger, type LedgerRules } from "./ledger.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { retryAnswer } from "./ruling.ts";
import { idOf } from "./submission.ts";

const STORAGE_FULL_RETRY_MS = 5_000;
const UNAVAILABLE_RETRY_MS = 1_000;

export interface ExecutorParts extends JudgeParts, LedgerRules {
  readonly transactor: Transactor;
  /** Of whole batches: one that is judged again, command by command, must not be overtaken. */
  readonly turns: Turns;
  readonly limiter: RateLimiter;
  /** Why commands could not be carried out, or nothing stored. Called for each. */
  readonly reportFailure: (error: unknown) => void;
}

/**
 * Judges batches of commands, one durable transaction each:
 *
 *     batch ─► transaction ─► answers
 *                 │ a throw: rolled back, then each command alone
 *                 │ no space: rolled back, RETRY for all
 *                 ▼ a commit that fails: the store stops
 */
export class Executor {
  readonly #parts: ExecutorParts;
  readonly #failures = new FailureCounter();

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  execute(batch: readonly Submitted[]): Promise<Outcome> {
    return this.#parts.turns.take(() => this.#execute(batch));
  }

  async #execute(batch: readonly Submitted[]): Promise<Outcome> {
    try {
      return await this.#commit(batch, judge);
    } catch (error) {
      return this.#outcomeOfFull(batch, error) ?? this.#executeSingly(batch);
    }
  }

  async #commit(batch: readonly Submitted[], rule: Judge): Promise<Outcome> {
    const { transactor, clock, limiter } = this.#parts;
    const tokens = limiter.draft();
    const outcome = await transactor.write(async (transaction) => {
      const ledger = new Ledger(transaction, this.#parts);
      const receivedAt = clock.now();
      const answers: Answer[] = [];
      for (const submitted of batch) answers.push(await rule(submitted, { ledger, tokens, receivedAt }, this.#parts));
      await ledger.flush();
      return { answers, published: ledger.published, written: ledger.written };
    });
    tokens.commit();
    this.#failures.commit();
    return outcome;
  }

  /** One command that throws must not hold back those of others. */
  async #executeSingly(batch: readonly Submitted[]): Promise<Outcome> {
    const answers: Answer[] = [];
    const published: PublishedEvent[] = [];
    const written: AccountNews[] = [];
    for (const submitted of batch) {
      const outcome = await this.#executeAlone(submitted);
      answers.push(...outcome.answers);
      published.push(...outcome.published);
      written.push(...outcome.written);
    }
    return { answers, published, written };
  }

  async #executeAlone(submitted: Submitted): Promise<Outcome> {
    try {
      return await this.#commit([submitted], judge);
    } catch (error) {
      const full = this.#outcomeOfFull([submitted], error);
      if (full !== undefined) return full;
      this.#parts.reportFailure(error);
      const id = idOf(submitted.command);
      // A command is not to blame for a disk that fails, however often.
      if (error instanceof StoreError || !this.#failures.fail(`${submitted.account} ${id}`)) return unavailable(id);
      return await this.#rejectFailed(submitted);
    }
  }

  async #rejectFailed(submitted: Submitted): Promise<Outcome> {
    try {
      return await this.#commit([submitted], judgeFailed);
    } catch (error) {
      return this.#outcomeOfFull([submitted], error) ?? unavailable(idOf(submitted.command));
    }
  }

  /** Undefined for errors after which others may still be carried out; throws those that stop the store. */
  #outcomeOfFull(batch: readonly Submitted[], error: unknown): Outcome | undefined {
    if (!(error instanceof StoreError) || error.kind === "failing") return undefined;
    if (error.kind !== "full") throw error;
    this.#parts.reportFailure(error);
    const { STORAGE_FULL } = RetryCode;
    const answers = batch.map(({ command }) => retryAnswer(idOf(command), STORAGE_FULL, STORAGE_FULL_RETRY_MS));
    return { answers, published: [], written: [] };
  }
}

function unavailable(id: string): Outcome {
  return { answers: [retryAnswer(id, RetryCode.UNAVAILABLE, UNAVAILABLE_RETRY_MS)], published: [], written: [] };
}
