import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

const FILE = "secret";
const BYTES = 32;

/** The secret that signs sessions: made once, readable by the owner of the data folder only. */
export function loadSecret(folder: string): string {
  const path = join(folder, FILE);
  return readSecret(path) ?? makeSecret(path);
}

function readSecret(path: string): string | undefined {
  try {
    const secret = readFileSync(path, "utf8").trim();
    return secret.length >= BYTES ? secret : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written beside and renamed, so that a power cut leaves a whole secret or none. */
function makeSecret(path: string): string {
  const secret = randomBytes(BYTES).toString("base64url");
  const draft = `${path}.new`;
  const file = openSync(draft, "w", 0o600);
  writeSync(file, secret);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  return secret;
}
