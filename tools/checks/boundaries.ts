/** Who may import whom (layers.ts), no cycles, and what pure packages may use of the platform. */
import { cycles } from "./cycles.ts";
import { finish } from "./finding.ts";
import { impurities } from "./impurities.ts";
import { folders, forbiddenPackage, workspaceOf } from "./layers.ts";
import { isTest, resolveImport, type SourceFile, sourceFiles } from "./source-files.ts";

/** These take clock, randomness, storage and transport through ports. */
const PURE = ["packages/protocol/src/", "packages/log/src/", "packages/client/src/"];

function importFindings(file: SourceFile, specifier: string): string[] {
  const workspace = workspaceOf(file.path) ?? "";
  const target = resolveImport(file, specifier);
  const reasons = [
    forbiddenPackage(workspace, specifier, isTest(file.path)),
    target === undefined ? undefined : outOfWorkspace(workspace, target),
    target === undefined ? undefined : throughOwnDoor(workspace, target, file),
    target === undefined ? undefined : intoFeature(file.path, target),
    engineInView(file.path, specifier),
    sqliteOutsideAdapter(file.path, specifier),
  ];
  return reasons.filter((reason) => reason !== undefined).map((reason) => `${file.path}: "${specifier}": ${reason}`);
}

function outOfWorkspace(workspace: string, target: string): string | undefined {
  if (workspaceOf(target) === workspace) return undefined;
  return "import other workspaces by their package name";
}

function throughOwnDoor(workspace: string, target: string, file: SourceFile): string | undefined {
  if (target !== `${workspace}/src/index.ts` || isTest(file.path)) return undefined;
  return "inside a package import the file itself, not the package's index.ts";
}

/** Building blocks of the other features, which know none of them in turn. */
const SHARED_FEATURES = ["blocking", "emoji", "language", "notices", "people", "preferences"];

/** Features do not know each other: what they share lies beside them or in a shared feature, and the app puts them together. */
function intoFeature(from: string, target: string): string | undefined {
  const own = featureOf(from);
  const other = featureOf(target);
  if (own === undefined || other === undefined || own === other) return undefined;
  if (SHARED_FEATURES.includes(other) && !SHARED_FEATURES.includes(own)) return undefined;
  return `the feature "${own}" may not know the feature "${other}"`;
}

function featureOf(path: string): string | undefined {
  return /^apps\/web\/src\/features\/([\w-]+)\//.exec(path)?.[1];
}

/** Views know their view models, not the engine. */
function engineInView(from: string, specifier: string): string | undefined {
  if (!/^apps\/web\/src\/features\/[\w-]+\/view\//.test(from) || !specifier.startsWith("@parley/")) return undefined;
  return "a view imports no engine types";
}

/** The store's adapter and the accounts' database open files; everything else would run on another database. */
function sqliteOutsideAdapter(from: string, specifier: string): string | undefined {
  if (specifier !== "bun:sqlite" || isTest(from) || !from.startsWith("apps/server/src/")) return undefined;
  if (from.includes("/sqlite/") || from.endsWith("-database.ts")) return undefined;
  return "SQLite is known to its adapter alone";
}

function purityFindings(file: SourceFile): string[] {
  if (isTest(file.path) || !PURE.some((folder) => file.path.startsWith(folder))) return [];
  return impurities(file.program).map((name) => `${file.path}: ${name} belongs behind a port`);
}

function cycleFindings(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map((file) => [file.path, targets(file)]));
  return cycles(graph).map((cycle) => `import cycle: ${cycle.join(" → ")}`);
}

function targets(file: SourceFile): string[] {
  return file.imports.map((specifier) => resolveImport(file, specifier)).filter((target) => target !== undefined);
}

const files = sourceFiles(folders);
finish([
  ...files.flatMap((file) => file.imports.flatMap((specifier) => importFindings(file, specifier))),
  ...files.flatMap(purityFindings),
  ...cycleFindings(files),
]);
