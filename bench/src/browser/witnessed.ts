import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { Seen, SeenMessage } from "./page/seen.ts";
import { PATIENCE_MS } from "./patience.ts";

const LOOK_EVERY_MS = 10;

/** Puts a witness into each page that is opened in a context from now on. */
export async function putWitness(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: await scriptFor("in-page.ts") });
}

/** What runs in a page, as one script. */
export async function scriptFor(file: string): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [join(import.meta.dir, "page", file)],
    target: "browser",
    format: "iife",
  });
  return (await outputs[0]?.text()) ?? "";
}

/** What the page's witness has seen so far. */
export function seenBy(page: Page): Promise<Seen> {
  return page.evaluate<Seen>("benchSeen()");
}

/** What a page has seen of a message, as soon as the given moment has come. */
export async function moment(page: Page, message: string, which: keyof SeenMessage): Promise<number> {
  return await awaited(page, ({ messages }) => messages[message]?.[which], `${message} ${which}`);
}

/** When a list of so many conversations was on the screen, in milliseconds from the beginning of the navigation. */
export async function listPainted(page: Page, conversations: number): Promise<number> {
  const what = `a list of ${conversations} conversations`;
  return await awaited(page, ({ began, listPainted }) => since(began, listPainted[conversations]), what);
}

function since(began: number, at: number | undefined): number | undefined {
  return at === undefined || Number.isNaN(at) ? undefined : at - began;
}

async function awaited(page: Page, find: (seen: Seen) => number | undefined, what: string): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = find(await seenBy(page));
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited too long for ${what}.`);
    await Bun.sleep(LOOK_EVERY_MS);
  }
}
