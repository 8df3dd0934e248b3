import type { Inhabitant } from "@parley/rig";
import type { BrowserContext, Page } from "playwright-core";
import { PATIENCE_MS } from "./patience.ts";
import { putWitness } from "./witnessed.ts";

const YEAR_S = 31_536_000;

/** Which way the tabs of a context run the engine. */
export type Host = "shared" | "leader";

/** Makes a context somebody's: their session, and where their tabs run the engine. */
export async function settleIn(context: BrowserContext, address: string, person: Inhabitant, host: Host = "shared") {
  context.setDefaultTimeout(PATIENCE_MS);
  const [token = ""] = person.tokens;
  const expires = Math.floor(Date.now() / 1_000) + YEAR_S;
  const value = encodeURIComponent(token);
  await context.addCookies([
    { name: "parley.session_token", value, url: address, expires, httpOnly: true, sameSite: "Strict" },
  ]);
  await context.addInitScript({ content: `localStorage.setItem("parley.host", ${JSON.stringify(host)})` });
  await putWitness(context);
}

/** A new tab with a conversation open, in sync. */
export async function openConversation(context: BrowserContext, address: string, log: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${address}/#/c/${log}`);
  await composerOf(page).waitFor();
  return page;
}

export function composerOf(page: Page) {
  return page.getByRole("textbox", { name: "Message", exact: true });
}

/** Until a service worker has taken the page over: from then on a start needs no server. */
export async function underServiceWorker(page: Page): Promise<void> {
  await page.evaluate(`navigator.serviceWorker.controller === null
    ? new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", () => taken(), { once: true }))
    : undefined`);
}

/** The text of a message that witnesses know by its name, which begins with "bench-". */
export function textOf(name: string): string {
  return `${name}.`;
}

/** Types a message of that name and sends it; resolves when the key was pressed. */
export async function say(page: Page, name: string): Promise<void> {
  await composerOf(page).fill(textOf(name));
  await composerOf(page).press("Enter");
}
