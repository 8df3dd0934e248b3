import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = join(import.meta.dir, "..");
/** What names a side of the screen, where a side of the text is meant. */
const PHYSICAL =
  /(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)|left|right|border-(top|bottom)-(left|right)-radius)(-[a-z]+)?\s*:/;
const SIDED = /(?:text-align|float|clear)\s*:\s*(left|right)/;
const SHORT = /(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*([^;]+);/;

/** "a b c d", where what is in brackets is one. */
function parts(values: string): readonly string[] {
  return values.match(/[\w-]*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^\s()]+/g) ?? [];
}

function isPhysical(line: string): boolean {
  const [, end, , start] = parts(SHORT.exec(line)?.[1] ?? "");
  return PHYSICAL.test(line) || SIDED.test(line) || (start !== undefined && start !== end);
}

test("styles name the sides of the text, not of the screen: they hold from right to left, too", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));
  const found = files.flatMap((name) =>
    readFileSync(join(SOURCE, name), "utf8")
      .split("\n")
      .filter(isPhysical)
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
});

test.each([
  ["margin-left: 1px;", true],
  ["  left: 0;", true],
  ["border-top-left-radius: 0;", true],
  ["text-align: right;", true],
  ["padding: 0 1px 0 max(1px, var(--a));", true],
  ["padding: 0 max(1px, 2px) 0 max(1px, 2px);", false],
  ["padding: 1px 2px 3px;", false],
  ["margin-inline-start: 1px;", false],
  ["filter: brightness(1);", false],
])("%s is physical: %p", (line, physical) => {
  expect(isPhysical(line)).toBe(physical);
});
