import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { SqliteConnection } from "../sqlite/sqlite-connection.ts";
import { sqliteDialect } from "../sqlite/sqlite-dialect.ts";
import { compileStatements } from "../statements/statements.ts";
import { firstSchema } from "./0001-first-schema.ts";
import { migrate } from "./migrate.ts";

const dialect = sqliteDialect();
const { verdict } = compileStatements(dialect.compiler);
const rejection = { account: "ann", code: 7, reason: "Too long.", received_at: 1_000.5 };

test("every verdict of a filled file is kept, and new ones go to the end whatever their log", async () => {
  const database = new Database(":memory:", { strict: true });
  const connection = new SqliteConnection(database);
  await migrate(connection, dialect, [firstSchema]);
  for (let seq = 1; seq <= 300; seq++) {
    // The same id in two logs is two commands.
    for (const log of ["one", "two"]) await connection.run(verdict.accept, { log, id: `id ${seq}`, seq });
    await connection.run(verdict.reject, { log: `log ${seq}`, id: "rejected", ...rejection });
  }
  const rows = () => database.query("SELECT * FROM verdicts ORDER BY log, id").all();
  const before = rows();
  await migrate(connection, dialect);
  expect(before).toHaveLength(900);
  expect(rows()).toEqual(before);
  expect(await connection.first(verdict.find, { log: "two", id: "id 7" })).toMatchObject({ seq: 7 });
  expect(await connection.first(verdict.find, { log: "log 7", id: "rejected" })).toMatchObject({ seq: 0, code: 7 });
  await expect(connection.run(verdict.accept, { log: "one", id: "id 7", seq: 8 })).rejects.toThrow("UNIQUE");
  await connection.run(verdict.accept, { log: "a log before all others", id: "zzz", seq: 1 });
  expect(database.query("SELECT id FROM verdicts").all().at(-1)).toEqual({ id: "zzz" });
  await connection.close();
});
