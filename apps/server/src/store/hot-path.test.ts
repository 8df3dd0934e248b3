import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { unlimited } from "../executor/rate-limiter.ts";
import { Stage, text } from "../testing/log-stage.ts";
import { openLog } from "./open-log.ts";
import type { Prepared } from "./prepared.ts";
import type { SqlConnection } from "./sql-connection.ts";
import { SqliteConnection } from "./sqlite/sqlite-connection.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";

test("a post by a known device takes few statements, and fewer in a batch", async () => {
  const connection = new CountingConnection(new Database(":memory:", { strict: true }));
  const clock = { now: () => 1_000 };
  const collaborators = { limiter: unlimited };
  const log = await openLog({ connection, dialect: sqliteDialect(), clock, mintId: () => "one", collaborators });
  const stage = new Stage(log);
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const conversation = await stage.direct(ann, bob);
  connection.statements.length = 0;
  await ann.must(conversation, text("alone"));
  expect(connection.statements.length).toBeLessThanOrEqual(9);
  connection.statements.length = 0;
  await log.writer.execute(Array.from({ length: 100 }, () => ann.prepare(conversation, text("many"))));
  expect(connection.statements.length).toBeLessThanOrEqual(100 * 4 + 5);
});

/** Notes the statements that run on it. */
class CountingConnection extends SqliteConnection implements SqlConnection {
  readonly statements: string[] = [];

  override all<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row[]> {
    this.statements.push(statement.sql);
    return super.all(statement, parameters);
  }

  override first<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters) {
    this.statements.push(statement.sql);
    return super.first(statement, parameters);
  }

  override run<Parameters>(statement: Prepared<Parameters, unknown>, parameters: Parameters): Promise<void> {
    this.statements.push(statement.sql);
    return super.run(statement, parameters);
  }
}
