/** Every rule of docs/sync.md has a test, every rule of docs/protocol.md a conformance case, and every id in a title is a rule of them. */

import { readFileSync } from "node:fs";
import { Glob } from "bun";
import { finish } from "./finding.ts";
import { type RulePage, ruleFindings, type TextFile } from "./rule-findings.ts";

const FOLDERS = "{packages,apps,rig,conformance,simulation,faults,bench,demo,e2e}";

function page(path: string, rule: RegExp, tests: RegExp): RulePage {
  return { path, text: readFileSync(path, "utf8"), rule, tests };
}

function testFiles(): TextFile[] {
  const paths = [...new Glob(`${FOLDERS}/**/*.{ts,tsx}`).scanSync(".")];
  return paths
    .filter((path) => !/(^|\/)(node_modules|dist|gen)\//.test(path))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

finish(
  ruleFindings(
    [
      page("docs/sync.md", /^- \*\*([A-Z]{3}\d+)\*\*/gm, /./),
      page("docs/protocol.md", /\*\*([A-Z]{4,}\d+)\*\*/g, /^conformance\/src\/(cases|hostile)\//),
    ],
    testFiles(),
  ),
);
