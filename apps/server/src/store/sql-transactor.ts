import type { Transactor } from "../log/log-store.ts";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { SqlConnection } from "./sql-connection.ts";
import { SqlLogTransaction } from "./sql-log-transaction.ts";
import type { Statements } from "./statements/statements.ts";
import { StoreError } from "./store-error.ts";
import type { Turns } from "./turns.ts";

/** Write transactions on one connection, one after the other. */
export class SqlTransactor implements Transactor {
  readonly #connection: SqlConnection;
  readonly #turns: Turns;
  readonly #transaction: SqlLogTransaction;
  #stopped: StoreError | undefined;

  constructor(connection: SqlConnection, statements: Statements, turns: Turns) {
    this.#connection = connection;
    this.#turns = turns;
    this.#transaction = new SqlLogTransaction(connection, statements);
  }

  write<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (this.#stopped !== undefined) throw this.#stopped;
      return this.#attempt(work);
    });
  }

  close(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#stopped === undefined) this.#stopped = new StoreError("stopped", "The store was closed.");
      await this.#connection.close();
    });
  }

  async #attempt<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T> {
    await this.#connection.begin("write");
    let result: T;
    try {
      result = await work(this.#transaction);
    } catch (error) {
      await this.#rollback();
      throw error;
    }
    await this.#commit();
    return result;
  }

  async #rollback(): Promise<void> {
    try {
      await this.#connection.rollback();
    } catch (error) {
      throw this.#stop("A transaction could not be undone", error);
    }
  }

  /** Whether a commit that failed reached the disk is unknown, unless there was no space: then nothing was written. */
  async #commit(): Promise<void> {
    try {
      await this.#connection.commit();
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "full") {
        throw this.#stop("A commit failed", error);
      }
      await this.#rollback();
      throw error;
    }
  }

  #stop(what: string, cause: unknown): StoreError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#stopped = new StoreError("stopped", `${what}; nothing more is written. ${reason}`, { cause });
    return this.#stopped;
  }
}
