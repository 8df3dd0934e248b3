import { expect, test } from "bun:test";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import type { Case } from "./case.ts";
import { type CaseName, cases } from "./cases.ts";
import { playCase } from "./play-case.ts";

const statements = compileStatements(sqliteDialect().compiler);
const played = Object.entries<Case>(cases) as [CaseName, Case][];

for (const [name, { rules }] of played) {
  test(`${rules.map((rule) => `[${rule}]`).join(" ")} ${name}`, async () => {
    await playCase(name, statements);
  }, 60_000);
}

test("a case replays exactly", async () => {
  const first = await playCase("a burst racing over two paths", statements);
  expect(await playCase("a burst racing over two paths", statements)).toBe(first);
}, 30_000);
