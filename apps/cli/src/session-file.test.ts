import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SessionFile } from "./session-file.ts";

const session = {
  server: "http://localhost:8080",
  account: "an-id",
  userName: "ana",
  displayName: "Ana",
  token: "secret",
};

test("a session is kept for its owner alone, and forgotten", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "parley-cli-")), "new", "folder");
  const file = new SessionFile(folder);
  expect(() => file.read()).toThrow("not signed in");
  file.write(session);
  expect(file.read()).toEqual(session);
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["session.json"]);
  file.remove();
  expect(() => file.read()).toThrow("not signed in");
});

test("a damaged file says what to do", () => {
  const file = new SessionFile(mkdtempSync(join(tmpdir(), "parley-cli-")));
  for (const content of ["{", "[]", '{"server":"x"}']) {
    writeFileSync(file.path, content);
    expect(() => file.read()).toThrow("Sign in again");
  }
});
