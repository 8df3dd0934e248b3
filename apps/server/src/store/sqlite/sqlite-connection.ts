import type { Database, SQLQueryBindings, Statement } from "bun:sqlite";
import type { Prepared } from "../prepared.ts";
import type { SqlConnection } from "../sql-connection.ts";
import { StoreError } from "../store-error.ts";
import { storeErrorOf } from "./sqlite-errors.ts";

/** A connection of bun:sqlite, whose calls block; the promises settle at once. Each statement is prepared at its first use and kept. */
export class SqliteConnection implements SqlConnection {
  readonly #database: Database;
  readonly #statements = new Map<Prepared<never, unknown>, Statement<unknown, SQLQueryBindings[]>>();

  constructor(database: Database) {
    this.#database = database;
  }

  async all<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row[]> {
    // The row type is the one that Kysely inferred for exactly this statement.
    return this.#run(() => this.#statement(statement).all(...statement.bind(parameters)) as Row[]);
  }

  async first<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row | undefined> {
    // As in `all`; the driver answers null for no row.
    return this.#run(() => (this.#statement(statement).get(...statement.bind(parameters)) as Row | null) ?? undefined);
  }

  async run<Parameters>(statement: Prepared<Parameters, unknown>, parameters: Parameters): Promise<void> {
    this.#run(() => this.#statement(statement).run(...statement.bind(parameters)));
  }

  async execute(sql: string): Promise<void> {
    this.#run(() => this.#database.run(sql));
  }

  begin(mode: "read" | "write"): Promise<void> {
    return this.execute(mode === "read" ? "BEGIN" : "BEGIN IMMEDIATE");
  }

  commit(): Promise<void> {
    return this.execute("COMMIT");
  }

  async rollback(): Promise<void> {
    // Some failures have ended the transaction already.
    if (this.#database.inTransaction) await this.execute("ROLLBACK");
  }

  /** Copies the write-ahead log into the file and empties it. False if a read is under way that needs it: nobody waits for that. */
  truncateLog(): boolean {
    const { timeout = 0 } = this.#database.query<{ timeout: number }, []>("PRAGMA busy_timeout").get() ?? {};
    this.#database.run("PRAGMA busy_timeout = 0");
    try {
      return this.#database.query<{ busy: number }, []>("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0;
    } finally {
      this.#database.run(`PRAGMA busy_timeout = ${timeout}`);
    }
  }

  async close(): Promise<void> {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    this.#database.close();
  }

  #statement<Parameters, Row>(prepared: Prepared<Parameters, Row>): Statement<unknown, SQLQueryBindings[]> {
    let statement = this.#statements.get(prepared);
    if (statement === undefined) {
      statement = this.#database.prepare<unknown, SQLQueryBindings[]>(prepared.sql);
      this.#statements.set(prepared, statement);
    }
    return statement;
  }

  #run<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      const known = storeErrorOf(error);
      if (known !== undefined) throw new StoreError(known.kind, known.message, { cause: error });
      throw error;
    }
  }
}
