import { type Browser, type BrowserContext, chromium } from "playwright-core";

const EXECUTABLE = process.env["PARLEY_CHROMIUM"] ?? "/usr/bin/chromium";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser with a fresh profile; each of its contexts is another person's (cookies, storage and workers of their own). Close it. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: [...ARGUMENTS, ...more] });
}

/** The same with a profile in a folder, as people have: such a browser can install apps. Close it. */
export function launchWithProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: EXECUTABLE, headless: true, args: ARGUMENTS });
}
