import type { Transactor } from "../log/log-store.ts";
import type { LogTransaction } from "../log/log-transaction.ts";
import { StoreError } from "../store/store-error.ts";

type Work<T> = (transaction: LogTransaction) => Promise<T>;

interface Waiting {
  readonly run: (transaction: LogTransaction) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/** Small writes that came while the store was busy share one transaction, and so one sync. */
export class SharedTransactions {
  readonly #transactor: Transactor;
  #waiting: Waiting[] = [];

  constructor(transactor: Transactor) {
    this.#transactor = transactor;
  }

  write<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, fail) => {
      const run = async (transaction: LogTransaction) => {
        const result = await work(transaction);
        return () => resolve(result);
      };
      this.#waiting.push({ run, fail });
      if (this.#waiting.length === 1) void this.#commit();
    });
  }

  async #commit(): Promise<void> {
    let batch: readonly Waiting[] = [];
    try {
      const settle = await this.#transactor.write((transaction) => {
        // Taken only now: everything that came before the transaction's turn is part of it.
        batch = this.#waiting;
        this.#waiting = [];
        return runAll(batch, transaction);
      });
      for (const done of settle) done();
    } catch (error) {
      if (batch.length === 0) [batch, this.#waiting] = [this.#waiting, []];
      await this.#runSingly(batch, error);
    }
  }

  /** One write that fails must not take others with it, unless the store itself has failed. */
  async #runSingly(batch: readonly Waiting[], cause: unknown): Promise<void> {
    if (batch.length === 1 || (cause instanceof StoreError && cause.kind !== "full")) {
      for (const { fail } of batch) fail(cause);
      return;
    }
    for (const one of batch) {
      try {
        const done = await this.#transactor.write(one.run);
        done();
      } catch (error) {
        one.fail(error);
      }
    }
  }
}

async function runAll(batch: readonly Waiting[], transaction: LogTransaction): Promise<(() => void)[]> {
  const settle: (() => void)[] = [];
  for (const { run } of batch) settle.push(await run(transaction));
  return settle;
}
