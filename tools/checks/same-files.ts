/** Whether two folders hold the same files: `bun same-files.ts EXPECTED ACTUAL`. */

import { readFileSync } from "node:fs";
import { Glob } from "bun";
import { finish } from "./finding.ts";

const [expected = "", actual = ""] = process.argv.slice(2);

function contents(folder: string): Map<string, string> {
  const files = [...new Glob("**/*").scanSync(folder)].sort();
  return new Map(files.map((file) => [file, readFileSync(`${folder}/${file}`, "utf8")]));
}

function differences(): string[] {
  const wanted = contents(expected);
  const found = contents(actual);
  const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return names.filter((name) => wanted.get(name) !== found.get(name)).map((name) => `${actual}/${name} differs`);
}

finish(differences());
