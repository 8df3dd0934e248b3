import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { migrate } from "./migrations/migrate.ts";
import { SqliteConnection } from "./sqlite/sqlite-connection.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";
import { compileStatements } from "./statements/statements.ts";

const dialect = sqliteDialect();
const database = new Database(":memory:", { strict: true });
const connection = new SqliteConnection(database);
beforeAll(() => migrate(connection, dialect));
afterAll(() => connection.close());

const statements = Object.entries(compileStatements(dialect.compiler)).flatMap(([group, of]) =>
  Object.entries(of).map(([name, { sql }]) => [`${group}.${name}`, sql] as const),
);

/** What has no key to be found by: the list of what followers have to do. */
const scans = new Set(["follower.dirty"]);

test.each(statements.filter(([name]) => !scans.has(name)))("%s finds its rows by a key", (_, sql) => {
  const plan = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all();
  expect(plan.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN"))).toEqual([]);
});

test("where an account takes part is read without looking into its conversations", () => {
  const [, sql = ""] = statements.find(([name]) => name === "member.attended") ?? [];
  const plan = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all();
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining("COVERING INDEX members_by_account")]);
});

test.each(statements.filter(([, sql]) => sql.includes(" join ")))("%s is not prepared anew at each use", (_, sql) => {
  // See text-of-join.ts; how many rows there may be at most is no comparison.
  expect(sql.replaceAll("cast(? as text)", "").replace("limit ?", "")).not.toContain("?");
});
