import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../project.mjs";

const FOLDER = join(root, "node_modules/.cache/parley/types");

/**
 * Projects that differ in nothing but their files are checked as one: most of the time goes into what they share, which would be read anew for each.
 *
 * @param projects paths of tsconfig files, from the root
 * @returns a name and a path to be given to the compiler, for each group
 */
export function typeGroups(projects) {
  const groups = new Map();
  for (const project of projects.map(readProject)) {
    groups.set(project.settings, [...(groups.get(project.settings) ?? []), project]);
  }
  return [...groups.values()].map((members) => {
    const [first] = members;
    if (members.length === 1) return { name: first.path, path: first.path };
    const path = join(FOLDER, `${first.path.replaceAll("/", "-")}`);
    mkdirSync(FOLDER, { recursive: true });
    const together = {
      include: members.flatMap(({ include }) => include),
      exclude: members.flatMap(({ exclude }) => exclude),
    };
    writeFileSync(path, JSON.stringify({ ...JSON.parse(first.settings), ...together }));
    return { name: members.map((member) => member.path).join(", "), path };
  });
}

/** Its settings as text, which two projects share or do not, and its files as whole paths. */
function readProject(path) {
  const config = JSON.parse(readFileSync(join(root, path), "utf8").replace(/^\s*\/\/.*$/gm, ""));
  const whole = (file) => join(root, dirname(path), file);
  const { types, lib, ...others } = config.compilerOptions ?? {};
  const settings = JSON.stringify({ extends: whole(config.extends), compilerOptions: { lib, types, ...others } });
  return { path, settings, include: config.include.map(whole), exclude: (config.exclude ?? []).map(whole) };
}
