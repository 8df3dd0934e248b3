/** Every TypeScript file is part of a project that is checked, tests included. */

import { relative } from "node:path";
import { Glob, spawnSync } from "bun";
import { finish } from "./finding.ts";

const NOT_OURS = /(^|\/)(node_modules|dist|gen)\//;

function ourFiles(pattern: string): string[] {
  return [...new Glob(pattern).scanSync(".")].filter((path) => !NOT_OURS.test(path)).sort();
}

function filesOf(project: string): string[] {
  const { stdout } = spawnSync(["node_modules/.bin/tsc", "-p", project, "--listFilesOnly"]);
  return stdout
    .toString()
    .split("\n")
    .map((path) => relative(".", path));
}

const projects = ourFiles("**/tsconfig*.json").filter((path) => path !== "tsconfig.base.json");
const checked = new Set(projects.flatMap(filesOf));
finish(
  ourFiles("**/*.{ts,tsx}")
    .filter((path) => !checked.has(path))
    .map((path) => `${path}: in no tsconfig`),
);
