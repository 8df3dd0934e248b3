import type { Database } from "bun:sqlite";
import {
  type Prepared,
  type SqlConnection,
  SqliteConnection,
  SqlLogSnapshot,
  type Statements,
  StoreError,
} from "@parley/server/parts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Process } from "../time/process.ts";
import type { Storage } from "./storage.ts";

/** Is told of every commit before anybody else can know of it. */
export type CommitListener = (snapshot: SqlLogSnapshot, heads: ReadonlyMap<string, number>) => Promise<void>;

/**
 * The real SQLite connection, in a process that can die between any two statements, before a commit, and after a commit before anybody has
 * heard of it; on a disk that can be full.
 */
export class FaultyConnection implements SqlConnection {
  readonly #database: Database;
  readonly #inner: SqliteConnection;
  readonly #process: Process;
  readonly #storage: Storage;
  readonly #random: SeededRandom;
  readonly #statements: Statements;
  readonly #onCommit: CommitListener | undefined;
  #mode: "read" | "write" | "none" = "none";

  constructor(
    process: Process,
    storage: Storage,
    random: SeededRandom,
    statements: Statements,
    onCommit: CommitListener | undefined,
  ) {
    this.#database = storage.open();
    this.#inner = new SqliteConnection(this.#database);
    this.#process = process;
    this.#storage = storage;
    this.#random = random;
    this.#statements = statements;
    this.#onCommit = onCommit;
  }

  /** What is committed, read at once and without trouble. */
  truth(): [SqlLogSnapshot, ReadonlyMap<string, number>] {
    const rows = this.#database.query<{ id: string; head: number }, []>("SELECT id, head FROM conversations").all();
    return [new SqlLogSnapshot(this.#inner, this.#statements), new Map(rows.map(({ id, head }) => [id, head]))];
  }

  async all<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row[]> {
    await this.#maybePause();
    return this.#inner.all(statement, parameters);
  }

  async first<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row | undefined> {
    await this.#maybePause();
    return this.#inner.first(statement, parameters);
  }

  async run<Parameters>(statement: Prepared<Parameters, unknown>, parameters: Parameters): Promise<void> {
    await this.#maybePause();
    if (this.#storage.full) throw new StoreError("full", "The disk is full.");
    await this.#inner.run(statement, parameters);
  }

  execute(sql: string): Promise<void> {
    return this.#inner.execute(sql);
  }

  async begin(mode: "read" | "write"): Promise<void> {
    await this.#process.sleep(this.#storage.delayMs(mode));
    this.#mode = mode;
    await this.#inner.begin(mode);
  }

  async commit(): Promise<void> {
    await this.#process.sleep(this.#storage.delayMs("write"));
    await this.#inner.commit();
    const wrote = this.#mode === "write";
    this.#mode = "none";
    if (wrote) {
      this.#storage.committed(this.#database);
      await this.#onCommit?.(...this.truth());
    }
    await this.#process.sleep(this.#storage.delayMs("write"));
  }

  async rollback(): Promise<void> {
    this.#mode = "none";
    await this.#inner.rollback();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #maybePause(): Promise<void> {
    const { readPauses, writePauses } = this.#storage;
    const mode = this.#mode === "read" ? "read" : "write";
    const pauses = this.#random.chance(mode === "read" ? readPauses : writePauses);
    if (pauses) await this.#process.sleep(this.#storage.delayMs(mode));
  }
}
