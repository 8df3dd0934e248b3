import { expect, test } from "bun:test";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import { playCrowd } from "./play-crowd.ts";

const statements = compileStatements(sqliteDialect().compiler);
/** `npm run simulate -- --crowd 256` is the same with as many as a group can have. */
const PEOPLE = 24;

test("[GRP2] everybody joins, writes, gives roles and leaves at once, and all see the same", async () => {
  const { events, present, additions, departures } = await playCrowd(PEOPLE, statements);
  expect(events).toBeGreaterThan(PEOPLE * 3);
  expect(present).toBeGreaterThan(1);
  expect(Math.min(additions, departures)).toBeGreaterThan(2);
}, 30_000);

test("a rule that is broken is noticed in the crowd", () => {
  expect(playCrowd(12, statements, "new role not stored")).rejects.toThrow("[LOG3]");
}, 30_000);
