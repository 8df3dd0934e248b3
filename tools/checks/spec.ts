/** Every rule of docs/sync.md has a test whose title begins with its id in brackets, and every id in a title is a rule. */

import { readFileSync } from "node:fs";
import { Glob } from "bun";
import { finish } from "./finding.ts";

const RULE = /^- \*\*([A-Z]{3}\d+)\*\*/gm;
/** Titles begin with one id or several: "[ORD2] …", "[ORD2] [ORD3] …". Contract suites and pinned cases have them as names. */
const TITLE = /["'`]((?:\[[A-Z]{3}\d+\]\s*)+)/g;
/** Cases of the simulator list their rules; their titles are made of them. */
const LISTED = /^\s*rules: \[((?:"[A-Z]{3}\d+"(?:, )?)+)\]/gm;
const ID = /[A-Z]{3}\d+/g;

function rules(): string[] {
  return [...readFileSync("docs/sync.md", "utf8").matchAll(RULE)].map((match) => match[1] ?? "");
}

function testedIds(): Map<string, string> {
  const tested = new Map<string, string>();
  for (const path of new Glob("{packages,apps,conformance,simulation,faults,demo,e2e}/**/*.{ts,tsx}").scanSync(".")) {
    if (/(^|\/)(node_modules|dist|gen)\//.test(path)) continue;
    const text = readFileSync(path, "utf8");
    const titles = [...text.matchAll(TITLE), ...text.matchAll(LISTED)].map((match) => match[1] ?? "");
    for (const id of titles.flatMap((title) => title.match(ID) ?? [])) tested.set(id, path);
  }
  return tested;
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) < index);
}

const all = rules();
const tested = testedIds();
finish([
  ...(all.length === 0 ? ["docs/sync.md has no rules"] : []),
  ...repeated(all).map((id) => `docs/sync.md: the id ${id} is used twice`),
  ...all.filter((id) => !tested.has(id)).map((id) => `docs/sync.md: no test title begins with [${id}]`),
  ...[...tested].filter(([id]) => !all.includes(id)).map(([id, path]) => `${path}: [${id}] is no rule of docs/sync.md`),
]);
