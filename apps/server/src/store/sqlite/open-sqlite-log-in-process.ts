import { Database } from "bun:sqlite";
import { type Log, type LogOptions, openLog } from "../open-log.ts";
import { prepareForWriting } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

export interface InProcessOptions extends LogOptions {
  /** A connection of one's own, or a database that is gone with the process. */
  readonly database: Database | ":memory:";
}

/** Writer and reader on one SQLite connection of this very thread, for tools and tests. */
export function openSqliteLogInProcess({ database, ...options }: InProcessOptions): Promise<Log> {
  const opened = database === ":memory:" ? new Database(":memory:", { strict: true }) : database;
  prepareForWriting(opened);
  return openLog({ ...options, dialect: sqliteDialect(), connection: new SqliteConnection(opened) });
}
