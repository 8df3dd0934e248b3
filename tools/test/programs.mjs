import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../project.mjs";

/** Where Debian's package puts it. */
const PACKAGED_CHROMIUM = "/usr/bin/chromium";
/** Where the tests look for it. */
const CHROMIUM = process.env.PARLEY_CHROMIUM ?? PACKAGED_CHROMIUM;
/** Most tests need no more of the browser than this, and take half as long with it. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";

/** Tests choose emojis, and the app offers only those that can be drawn: Debian's Chromium comes without a font that has them. */
const EMOJI_FONT = { file: "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", package: "fonts-noto-color-emoji" };

/** What the fault tests run, with its package in Debian. */
const FAULT_PROGRAMS = {
  strace: "strace",
  faketime: "faketime",
  mount: "mount",
  umount: "mount",
  unshare: "util-linux",
};

/** What drives the other browsers, with its package in Debian. */
const OTHER_BROWSERS = {
  "firefox-esr": "firefox-esr",
  WebKitWebDriver: "webkit2gtk-driver",
  Xvfb: "xvfb",
  xdotool: "xdotool",
};

/** Installs Chromium where that is possible without asking. What is missing, in a sentence; undefined if it is there. */
export async function ensureChromium() {
  if (!existsSync(EMOJI_FONT.file)) await install([EMOJI_FONT.package]);
  const wanted = CHROMIUM === PACKAGED_CHROMIUM ? [CHROMIUM, HEADLESS_SHELL] : [CHROMIUM];
  if (wanted.every((program) => existsSync(program))) return undefined;
  if (CHROMIUM === PACKAGED_CHROMIUM) {
    await install(["chromium"]);
    await install(["chromium-headless-shell"]);
  }
  if (existsSync(CHROMIUM)) return undefined;
  return `Chromium is not at ${CHROMIUM}: install it (Debian: apt-get install chromium) and set PARLEY_CHROMIUM to where it is.`;
}

/** The same for the programs that trace, fill and mislead the server in the fault tests. */
export function ensureFaultPrograms() {
  return ensurePrograms(FAULT_PROGRAMS);
}

/** The same for Firefox and WebKitGTK. */
export function ensureOtherBrowsers() {
  return ensurePrograms(OTHER_BROWSERS);
}

async function ensurePrograms(packages) {
  const missing = () => Object.keys(packages).filter((program) => !isInstalled(program));
  if (missing().length > 0) await install(missing().map((program) => packages[program]));
  const left = missing();
  if (left.length === 0) return undefined;
  const wanted = left.map((program) => packages[program]).join(" ");
  return `These tests need what is not installed: ${left.join(", ")} (Debian: apt-get install ${wanted}).`;
}

function isInstalled(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));
}

/** Only where nobody has to be asked: as root, on Debian and its descendants. */
async function install(packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log(`   Installing ${packages.join(", ")} …`);
  const quietly = { output: "collect", env: { DEBIAN_FRONTEND: "noninteractive" } };
  await run("apt-get", ["update"], quietly);
  await run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], quietly);
}
