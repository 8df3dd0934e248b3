import { afterAll, beforeAll, expect, mock, spyOn, test } from "bun:test";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import { simulate } from "./simulate.ts";

// What the server says about its disk is no news here.
beforeAll(() => void spyOn(console, "error").mockImplementation(() => undefined));
afterAll(() => mock.restore());

const statements = compileStatements(sqliteDialect().compiler);

test("a seed replays exactly, does enough, and another seed does something else", async () => {
  const first = await simulate(1, { statements });
  const again = await simulate(1, { statements });
  const other = await simulate(2, { statements });
  expect(first.failure).toBeUndefined();
  expect(again.hash).toBe(first.hash);
  expect(other.hash).not.toBe(first.hash);
  expect(first.commands).toBeGreaterThanOrEqual(200);
  expect(first.faults).toBeGreaterThanOrEqual(20);
}, 60_000);

test("a mutant fails random seeds as well, with the rule that it breaks", async () => {
  const report = await simulate(2, { statements, mutant: "authorisation from cache only" });
  expect(report.failure?.rule).toBe("CMD10");
  expect(report.failure?.trace.length).toBeGreaterThan(0);
}, 60_000);
