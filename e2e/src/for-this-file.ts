import { afterAll, afterEach, setDefaultTimeout } from "bun:test";
import type { Browser } from "playwright-core";
import { launchHeadlessShell } from "./chromium.ts";

/** Of each test and hook. What waits for something in the browser gives up much earlier, and says for what. */
const WITHIN_MS = 120_000;

/** For the top of a file of browser tests: what they share is closed after the last of them. */
export async function forThisFile<T>(opening: Promise<T>, close: (opened: T) => unknown): Promise<T> {
  setDefaultTimeout(WITHIN_MS);
  const opened = await opening;
  afterAll(async () => {
    await close(opened);
  });
  return opened;
}

export interface BrowserOptions {
  readonly browserArguments?: readonly string[];
  /** Whoever is there after a test is still there in the next one. Otherwise all profiles are closed, with their pages. */
  readonly peopleStay?: boolean;
}

export async function browserForThisFile({ browserArguments, peopleStay }: BrowserOptions = {}): Promise<Browser> {
  const browser = await forThisFile(launchHeadlessShell(browserArguments), (opened) => opened.close());
  const closePeople = () => Promise.all(browser.contexts().map((context) => context.close()));
  if (!peopleStay) afterEach(async () => void (await closePeople()));
  return browser;
}
