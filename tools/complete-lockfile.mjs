/**
 * Adds to package-lock.json what npm leaves out of it: the binaries for other platforms that a registry did not offer when the lockfile was written.
 * Without them `npm ci` refuses the lockfile, or leaves another platform without its binaries. Run it after adding or updating a dependency:
 *
 *     node tools/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const OPERATING_SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];
const PROCESSOR_ALIASES = { aarch64: "arm64", armv7: "arm", ppc64le: "ppc64" };
const OTHER_SYSTEM_ALIASES = { windows: "win32" };

/** Entries that the lockfile lacks: path below the root → entry. */
export function missingPlatformEntries(lockfile) {
  const missing = new Map();
  for (const entry of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (!EXACT_VERSION.test(version) || lockfile.packages[path] !== undefined) continue;
      const platform = platformOf(name);
      if (platform === undefined) continue;
      missing.set(path, { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true });
    }
  }
  return missing;
}

/** What a binary package is for, as its name tells; undefined if it tells nothing. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.map((word) => OTHER_SYSTEM_ALIASES[word] ?? word).find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.map((word) => PROCESSOR_ALIASES[word] ?? word).find((word) => PROCESSORS.includes(word));
  if (words.includes("wasm32")) return { cpu: ["wasm32"] };
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  if (os === undefined) return undefined;
  return { ...(cpu === undefined ? {} : { cpu: [cpu] }), ...(libc === undefined ? {} : { libc: [libc] }), os: [os] };
}

function main() {
  const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lockfile = JSON.parse(readFileSync(path, "utf8"));
  const missing = missingPlatformEntries(lockfile);
  if (missing.size > 0) {
    const all = { ...lockfile.packages, ...Object.fromEntries(missing) };
    const sorted = Object.keys(all).sort((one, other) => one.localeCompare(other, "en"));
    lockfile.packages = Object.fromEntries(sorted.map((key) => [key, all[key]]));
    writeFileSync(path, `${JSON.stringify(lockfile, undefined, 2)}\n`);
  }
  console.log(`package-lock.json: ${missing.size} entries added.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
