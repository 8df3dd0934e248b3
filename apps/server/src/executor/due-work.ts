import type { DueOutcome } from "../log/log-writer.ts";
import type { DueRecord } from "../log/records.ts";
import { StoreError } from "../store/store-error.ts";
import type { ExecutorParts } from "./executor.ts";
import { beginExpiries, expire } from "./expire.ts";
import type { JudgeParts, Session } from "./judge.ts";
import { Ledger } from "./ledger.ts";
import { goOnParting } from "./partings.ts";
import { postScheduled } from "./post-scheduled.ts";
import { unlimited } from "./rate-limiter.ts";
import { remind } from "./remind.ts";

/** How much of what is due shares one transaction. */
const DUE_AT_ONCE = 64;
/** What could not be done alone must not hold back what is due after it. */
const PUT_OFF_MS = 60_000;

/** What is done once something is due. */
const deeds: Readonly<
  Record<DueRecord["kind"], (due: DueRecord, session: Session, parts: JudgeParts) => Promise<void>>
> = {
  scheduled: postScheduled,
  reminder: remind,
  expiry: expire,
  reading: beginExpiries,
  parting: goOnParting,
  async report(due, { ledger: { transaction } }) {
    await transaction.forgetReport(due.account, due.subject);
    await transaction.forgetDue(due);
  },
};

/** Does what is due by the server's clock. What is done and that it is due no more are one transaction, so dying at any point loses and repeats nothing. */
export class DueWork {
  readonly #parts: ExecutorParts;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  /** As much as one transaction holds; what throws alone is put off. */
  carryOut(): Promise<DueOutcome> {
    return this.#parts.turns.take(async () => {
      try {
        return await this.#work(DUE_AT_ONCE);
      } catch (error) {
        if (error instanceof StoreError) throw error;
        return this.#workOnFirst();
      }
    });
  }

  #work(most: number): Promise<DueOutcome> {
    const { transactor, clock } = this.#parts;
    return transactor.write(async (transaction) => {
      const ledger = new Ledger(transaction, this.#parts);
      const receivedAt = clock.now();
      const session = { ledger, tokens: unlimited.draft(), receivedAt };
      const all = await transaction.due(receivedAt, most);
      for (const one of all) await deeds[one.kind](one, session, this.#parts);
      const forgets = all.some(({ kind }) => kind === "report");
      await ledger.flush();
      const { published, written } = ledger;
      return { published, written, forgets, next: await transaction.nextDue() };
    });
  }

  async #workOnFirst(): Promise<DueOutcome> {
    try {
      return await this.#work(1);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      this.#parts.reportFailure(error);
      return this.#putOffFirst();
    }
  }

  #putOffFirst(): Promise<DueOutcome> {
    const { transactor, clock } = this.#parts;
    return transactor.write(async (transaction) => {
      const now = clock.now();
      for (const first of await transaction.due(now, 1)) await transaction.putDue({ ...first, at: now + PUT_OFF_MS });
      return { published: [], written: [], forgets: false, next: await transaction.nextDue() };
    });
  }
}
