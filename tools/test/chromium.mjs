import { existsSync } from "node:fs";
import { run } from "../project.mjs";

/** Where Debian's package puts it. */
const PACKAGED = "/usr/bin/chromium";
/** Where the tests look for it. */
const CHROMIUM = process.env.PARLEY_CHROMIUM ?? PACKAGED;

/** Installs Chromium where that is possible without asking. What is missing, in a sentence; undefined if it is there. */
export async function ensureChromium() {
  if (existsSync(CHROMIUM)) return undefined;
  if (CHROMIUM === PACKAGED && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("   Installing Chromium …");
    const quietly = { output: "collect", env: { DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update"], quietly);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], quietly);
    if (existsSync(CHROMIUM)) return undefined;
  }
  return `Chromium is not at ${CHROMIUM}: install it (Debian: apt-get install chromium) and set PARLEY_CHROMIUM to where it is.`;
}
