/** Where things are, and how to run them. Plain JavaScript for Node.js alone: these tools run before anything is installed. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Bun as the npm package `bun` unpacks it on every platform. */
export const bun = fileURLToPath(new URL("../node_modules/bun/bin/bun.exe", import.meta.url));

const OLDEST_NODE = 20;
const PARENT_CHECK_MS = 250;

/** Ends the process with one clear sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function requireNode() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < OLDEST_NODE) fail(`Parley needs Node.js ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
}

/**
 * npm passes a signal on to its shell, but the shell not to us: we notice only that it is gone. Calls `stop` once when that happens.
 */
export function onNpmGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent && parent !== 1) return;
    clearInterval(watch);
    stop();
  }, PARENT_CHECK_MS);
  watch.unref();
}

/**
 * Runs a program to its end.
 *
 * @param options.output "show" (the default) or "collect"
 * @param options.onOutput what is collected, as it comes
 * @returns its exit code, and what it printed if that was collected
 */
export function run(program, args, options = {}) {
  const shown = options.output ?? "show";
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: shown === "show" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
        options.onOutput?.(text);
      });
    }
    child.on("error", (error) => resolve({ code: 127, output: `${output}${program}: ${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 128, output }));
  });
}
