/** Builds the web app when its sources have changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { bun, fail, root, run } from "./project.mjs";

const WEB = join(root, "apps/web");
const PAGE = join(WEB, "dist/index.html");
/** What the build was made from. */
const STAMP = join(root, "node_modules/.cache/parley/web-app-sources");
const NOT_SOURCES = new Set(["node_modules", "dist"]);

export async function ensureWebAppBuilt() {
  const sources = hashOfSources();
  if (existsSync(PAGE) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources) return;
  console.log("Building the web app …");
  const { code, output } = await run(bun, ["--bun", join(root, "node_modules/vite/bin/vite.js"), "build"], {
    cwd: WEB,
    output: "collect",
    // Tests say "test" in the environment, and would leave a build behind that is slower and a third larger.
    env: { NODE_ENV: "production" },
  });
  if (code !== 0) fail(`${output}\nThe web app could not be built: see the message above.`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
}

function hashOfSources() {
  const hash = createHash("sha256");
  hash.update(readFileSync(join(root, "package-lock.json")));
  for (const folder of ["packages", "apps/web"]) addFolder(hash, join(root, folder));
  return hash.digest("hex");
}

function addFolder(hash, folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !NOT_SOURCES.has(entry.name)) addFolder(hash, path);
    if (entry.isFile() && !entry.name.includes(".test."))
      hash.update(relative(root, path)).update("\0").update(readFileSync(path));
  }
}
