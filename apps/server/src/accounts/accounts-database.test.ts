import { expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataFolderInUse, openAccountsDatabase } from "./accounts-database.ts";

test("one server at a time has the data folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-accounts-"));
  const first = openAccountsDatabase(folder);
  expect(() => openAccountsDatabase(folder)).toThrow(DataFolderInUse);
  first.close();
  openAccountsDatabase(folder).close();
});
