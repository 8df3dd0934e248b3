import { describe, expect, test } from "bun:test";
import { type RulePage, ruleFindings } from "./rule-findings.ts";

const rules = (text: string): RulePage => ({ path: "rules.md", text, rule: /\*\*([A-Z]{3}\d)\*\*/g, tests: /./ });
const protocol = (text: string): RulePage => ({
  path: "wire.md",
  text,
  rule: /\*\*([A-Z]{4,}\d)\*\*/g,
  tests: /^kit\//,
});
const titled = (path: string, title: string) => ({ path, text: `test("${title} something", run)` });

describe("rules and their tests", () => {
  test("agree when every rule is in a title, alone or with others, or in a list", () => {
    const pages = [rules("**ABC1** **ABC2** **ABC3**"), protocol("| **WIRE1** |")];
    const listed = { path: "cases.ts", text: '  rules: ["ABC2", "ABC3"],' };
    expect(ruleFindings(pages, [titled("kit/a.ts", `[ABC1] [WIRE1]`), listed])).toEqual([]);
  });

  test("a rule without a test, and a title of no rule, are findings", () => {
    expect(ruleFindings([rules("**ABC1**")], [titled("a.ts", "[ABC2]")])).toEqual([
      `rules.md: no test title begins with [ABC1]`,
      `a.ts: [ABC2] is no rule of any page`,
    ]);
  });

  test("a title counts only where the page looks for its tests", () => {
    const finding = `wire.md: no test title begins with [WIRE1]`;
    expect(ruleFindings([protocol("**WIRE1**")], [titled("elsewhere/a.ts", "[WIRE1]")])).toEqual([finding]);
  });

  test("an id that is used twice, and a page without rules, are findings", () => {
    const findings = ruleFindings([rules("**ABC1** **ABC1**"), protocol("")], [titled("a.ts", "[ABC1]")]);
    expect(findings).toEqual(["wire.md has no rules", "the id ABC1 is used twice in rules.md and wire.md"]);
  });
});
