import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.mjs";

const NOT_OURS = new Set(["node_modules", "dist", "data", ".git", "test-results"]);

/** Every file of these folders, as paths below the root with forward slashes, sorted. */
export function projectFiles(folders = ["."]) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesBelow(folder === "." ? "" : folder));
}

function filesBelow(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
