/** For contributors: the server restarts and the web app reloads when a source changes. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { bun, onNpmGone, requireNode, root } from "./project.mjs";

async function main() {
  requireNode();
  await ensureInstalled();
  console.log("Work on the address that Vite prints: it reloads by itself, and passes calls on to the server.");
  const server = start(["--watch", "--no-clear-screen", "apps/server/src/main.ts"], root);
  const web = start(["--bun", join(root, "node_modules/vite/bin/vite.js")], join(root, "apps/web"));
  const all = [server, web];
  process.on("SIGINT", () => process.stdin.isTTY || stop(all, "SIGINT"));
  process.on("SIGTERM", () => stop(all, "SIGTERM"));
  onNpmGone(() => stop(all, "SIGTERM"));
  // Neither is of use without the other.
  for (const child of all) {
    child.on("exit", (code) => {
      process.exitCode ||= code ?? 1;
      stop(all, "SIGTERM");
    });
  }
}

function start(args, cwd) {
  return spawn(bun, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
}

function stop(children, signal) {
  for (const child of children) if (child.exitCode === null) child.kill(signal);
}

await main();
