import { existsSync, readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A line for each vector: the SHA-256 of its bytes in both forms, and its name. Lines are only added. */
export const HASHES = `${import.meta.dirname}/hashes.txt`;

export function goldenHash(vector: string): string {
  const hash = sha256.create();
  for (const form of ["bin", "json"])
    hash.update(new Uint8Array(readFileSync(`${import.meta.dirname}/${vector}.${form}`)));
  return bytesToHex(hash.digest());
}

/** Hashes by the names of the vectors. */
export function readHashes(): Map<string, string> {
  const text = existsSync(HASHES) ? readFileSync(HASHES, "utf8") : "";
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(line.indexOf("  ") + 2), line.slice(0, line.indexOf("  "))]));
}
