import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { Glob } from "bun";
import { parseSync } from "oxc-parser";
import type { SyntaxNode } from "./syntax-node.ts";

/** One TypeScript file of the project. */
export interface SourceFile {
  /** Below the root of the project, with forward slashes. */
  readonly path: string;
  /** What it imports or re-exports, types included, as written. */
  readonly imports: readonly string[];
  readonly program: SyntaxNode;
}

const NOT_OURS = /(^|\/)(node_modules|dist|gen)\//;

/** Every TypeScript file of these folders but generated ones. */
export function sourceFiles(folders: readonly string[]): SourceFile[] {
  const paths = folders.flatMap((folder) => [...new Glob(`${folder}/**/*.{ts,tsx}`).scanSync(".")]);
  return paths.filter((path) => !NOT_OURS.test(path)).map(parse);
}

/** The file that a relative import means; undefined for packages and what is not TypeScript. */
export function resolveImport(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(file.path), specifier);
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

function parse(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  const { module, program } = parseSync(path, text);
  const imports = [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    ...module.staticExports.flatMap((statement) => statement.entries.map((entry) => entry.moduleRequest?.value)),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  ];
  const distinct = new Set(imports.filter((specifier) => specifier !== undefined && specifier !== null));
  return { path, imports: [...distinct], program };
}
