import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { variables } from "./variables.ts";

const README = `${import.meta.dir}/../../../../README.md`;

test("the README's table has every variable of the configuration, its default and its meaning, and no other", () => {
  const rows = readFileSync(README, "utf8").match(/^\| `[A-Z_]+` \|.*$/gm) ?? [];
  const expected = Object.values(variables).map(({ name, fallback, meaning }) => {
    return `| \`${name}\` | ${fallback === "" ? "" : `\`${fallback}\``} | ${meaning} |`.replace("|  |", "| |");
  });
  expect<string[]>(rows).toEqual(expected);
});
