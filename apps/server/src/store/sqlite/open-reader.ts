import { sight } from "../../log/sight.ts";
import { StoreLogReader } from "../../log/store-log-reader.ts";
import { SqlSnapshots } from "../sql-snapshots.ts";
import { compileStatements } from "../statements/statements.ts";
import { Turns } from "../turns.ts";
import { openForReading } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** A reader on one connection of its own to a file that is up to date. */
export function openReader(path: string): StoreLogReader {
  const lane = { connection: new SqliteConnection(openForReading(path)), turns: new Turns() };
  return new StoreLogReader(new SqlSnapshots([lane], compileStatements(sqliteDialect().compiler)), sight);
}
