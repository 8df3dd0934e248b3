import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

const CHOSEN = process.env["PARLEY_CHROMIUM"];
const EXECUTABLE = CHOSEN ?? "/usr/bin/chromium";
/** The same engine without the windows, menus and notifications round it, in half the time. */
const PACKAGED_SHELL = "/usr/bin/chromium-headless-shell";
const SHELL = CHOSEN === undefined && existsSync(PACKAGED_SHELL) ? PACKAGED_SHELL : EXECUTABLE;

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The whole browser with a fresh profile; each of its contexts is another person's (cookies, storage and workers of their own). Close it. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...ARGUMENTS, ...more] });
}

/** The same with nothing but pages and their workers: no notifications, no Background Sync, no installed apps. Where there is none such, the whole browser. */
export function launchHeadlessShell(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: SHELL, headless: true, args: [...ARGUMENTS, ...more] });
}

/** The whole browser with a profile in a folder, as people have: such a browser can install apps. Close it. */
export function launchWithProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: EXECUTABLE, headless: true, args: ARGUMENTS });
}
