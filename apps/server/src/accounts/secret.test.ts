import { expect, test } from "bun:test";
import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSecret } from "./secret.ts";

test("the secret is made once and only its owner can read it", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-secret-"));
  const secret = loadSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(loadSecret(folder)).toBe(secret);
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
});
