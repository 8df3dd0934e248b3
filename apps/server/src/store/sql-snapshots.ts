import type { LogSnapshot } from "../log/log-snapshot.ts";
import type { SnapshotSource } from "../log/log-store.ts";
import type { SqlConnection } from "./sql-connection.ts";
import { SqlLogSnapshot } from "./sql-log-snapshot.ts";
import type { Statements } from "./statements/statements.ts";
import type { Turns } from "./turns.ts";

/** Reads on one connection, each in a transaction of its own. Turns shared with a transactor allow both on one connection. */
export class SqlSnapshots implements SnapshotSource {
  readonly #connection: SqlConnection;
  readonly #turns: Turns;
  readonly #snapshot: SqlLogSnapshot;

  constructor(connection: SqlConnection, statements: Statements, turns: Turns) {
    this.#connection = connection;
    this.#turns = turns;
    this.#snapshot = new SqlLogSnapshot(connection, statements);
  }

  read<T>(work: (snapshot: LogSnapshot) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      await this.#connection.begin("read");
      try {
        return await work(this.#snapshot);
      } finally {
        await this.#connection.rollback();
      }
    });
  }

  close(): Promise<void> {
    return this.#turns.take(() => this.#connection.close());
  }
}
