/** House rules that no other tool knows: the lockfile, file names, paths and links. */

import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { Glob } from "bun";
import { missingPlatformEntries } from "../complete-lockfile.mjs";
import { finish } from "./finding.ts";

const TEXT = new Glob("**/*.{ts,tsx,mjs,css,html,json,md,proto,yaml,sh}");
const NOT_OURS = /(^|\/)(node_modules|dist|data|test-results)\//;
const VAGUE_NAME = /(^|[-/])(utils?|helpers?|common|misc|manager\d*|stuff)([-./]|$)/;
/** Paths of somebody's machine. */
const PRIVATE_PATH = /(?<![\w.])\/(?:home|root|Users)\/[\w.-]+/;

function lockfileFindings(): string[] {
  const text = readFileSync("package-lock.json", "utf8");
  const addresses = [...text.matchAll(/"resolved": "[a-z+]+:\/\/[^"]*"/g)].map((match) => match[0]);
  const missing = [...missingPlatformEntries(JSON.parse(text)).keys()];
  return [
    ...addresses.map(
      (address) => `package-lock.json: ${address}: download addresses differ between machines; see .npmrc`,
    ),
    ...missing.map((path) => `package-lock.json: no entry ${path}: run "node tools/complete-lockfile.mjs"`),
  ];
}

function npmrcFindings(): string[] {
  const text = readFileSync(".npmrc", "utf8");
  const setsRegistry = /registry\s*=/.test(text.replaceAll("registry-resolved", ""));
  return [
    ...(text.includes("omit-lockfile-registry-resolved=true")
      ? []
      : [".npmrc: omit-lockfile-registry-resolved is not set"]),
    ...(setsRegistry ? [".npmrc: names a registry: that is for each machine to choose"] : []),
  ];
}

function fileFindings(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const ownPath = PRIVATE_PATH.exec(text)?.[0];
  return [
    ...(VAGUE_NAME.test(path) ? [`${path}: name the file after what it exports`] : []),
    ...(ownPath === undefined ? [] : [`${path}: ${ownPath} is a path of one machine`]),
    ...(path.endsWith(".md") ? brokenLinks(path, text) : []),
  ];
}

function brokenLinks(path: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(posix.join(posix.dirname(path), target)))
    .map((target) => `${path}: link to ${target}, which does not exist`);
}

/** Every decision is in the list of decisions. */
function decisionFindings(): string[] {
  const list = readFileSync("docs/decisions/README.md", "utf8");
  const pages = [...new Glob("docs/decisions/[0-9]*.md").scanSync(".")].map((path) => posix.basename(path));
  const numbers = pages.map((page) => page.slice(0, 4));
  return [
    ...pages
      .filter((page) => !list.includes(`(${page})`))
      .map((page) => `docs/decisions/README.md: ${page} is not listed`),
    ...pages
      .filter((page, index) => numbers.indexOf(page.slice(0, 4)) < index)
      .map((page) => `${page}: the number is taken`),
  ];
}

const paths = [...TEXT.scanSync(".")].filter((path) => !NOT_OURS.test(path)).sort();
finish([...lockfileFindings(), ...npmrcFindings(), ...decisionFindings(), ...paths.flatMap(fileFindings)]);
