import { expect, test } from "bun:test";
import { prepared } from "./prepared.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";

test("a statement is compiled once, and its parameters are bound by name", () => {
  const { compiler: db } = sqliteDialect();
  const statement = prepared((p: { log: string; after: number }) =>
    db
      .selectFrom("events")
      .select("id")
      .where("seq", ">", p.after)
      .where("kind", "=", 7)
      .where("log", "=", p.log)
      .where("touched", ">", p.after),
  );
  expect(statement.sql).toContain('"seq" > ? and "kind" = ? and "log" = ? and "touched" > ?');
  expect(statement.bind({ log: "a", after: 3 })).toEqual([3, 7, "a", 3]);
});
