/**
 * Makes a fresh copy of Parley ready, then runs a program of it with Bun.
 *
 *     node tools/start.mjs [--without-web] [ENTRY [ARGUMENT…]]
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { ensureInstalled } from "./install.mjs";
import { bun, onNpmGone, requireNode, root } from "./project.mjs";
import { ensureWebAppBuilt } from "./web-app.mjs";

const SERVER = "apps/server/src/main.ts";

async function main() {
  requireNode();
  let stop = () => process.exit(1);
  onNpmGone(() => stop());
  const args = process.argv.slice(2);
  const withoutWeb = args[0] === "--without-web";
  const [entry = SERVER, ...rest] = withoutWeb ? args.slice(1) : args;
  await ensureInstalled();
  if (!withoutWeb) await ensureWebAppBuilt();
  const child = runUntilItEnds([entry, ...rest]);
  stop = () => child.kill("SIGTERM");
}

/** The program decides when to end: signals are passed on, and its exit code is ours. */
function runUntilItEnds(args) {
  const child = spawn(bun, args, { cwd: root, stdio: "inherit" });
  // A terminal sends Ctrl+C to the program as well; passing it on would be a second one.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  return child;
}

await main();
