import type { Page } from "playwright-core";

/** Waits until this page's next start needs no server. */
export async function shellReady(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** The version of the app that a page runs. */
export function versionOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.documentElement.dataset["version"]);
}
