/** Brings node_modules to what package-lock.json says. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bun, fail, root, run } from "./project.mjs";

/** Installs if something is missing or has another version. Quick when there is nothing to do. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    console.log("Installing what Parley is built from (the first time this downloads about 150 MB) …");
    const { code } = await npmInstall();
    if (code !== 0) fail("npm could not install the dependencies: see its message above, then try again.");
  }
  await ensureBunRuns();
}

function isInstalled() {
  const installed = readLockfile("node_modules/.package-lock.json");
  const wanted = readLockfile("package-lock.json");
  if (wanted === undefined) fail("package-lock.json is missing: this is not a complete copy of Parley.");
  if (installed === undefined || !existsSync(bun)) return false;
  return Object.entries(wanted.packages).every(
    ([path, entry]) =>
      path === "" ||
      entry.optional === true ||
      !path.startsWith("node_modules/") ||
      isSame(entry, installed.packages[path]),
  );
}

function isSame(wanted, installed) {
  return installed !== undefined && installed.version === wanted.version;
}

function readLockfile(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** `npm ci`, whatever the machine's configuration says about development dependencies. */
function npmInstall() {
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /\.c?js$/.test(npm)) return run(process.execPath, [npm, ...args]);
  return process.platform === "win32" ? run("cmd.exe", ["/c", "npm", ...args]) : run("npm", args);
}

/** Where npm was told to ignore install scripts, Bun's own script has not run yet. */
async function ensureBunRuns() {
  if (await bunRuns()) return;
  await run(process.execPath, [join(root, "node_modules/bun/install.js")], { cwd: join(root, "node_modules/bun") });
  if (!(await bunRuns())) fail("Bun was installed but does not run on this machine: see the message above.");
}

async function bunRuns() {
  const { code } = await run(bun, ["--version"], { output: "collect" });
  return code === 0;
}
