import { afterAll, beforeAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { signUp } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { BackgroundSync } from "./src/background-sync.ts";
import { launchChromium, launchWithProfile } from "./src/chromium.ts";
import { shellReady } from "./src/offline-shell.ts";
import { Person } from "./src/person.ts";

const MINUTE = 60_000;
const WORDS = ["alone", "rope", "page"] as const;
const EACH = 10;

let browser: Browser;
let context: BrowserContext;
let server: ServerProcess;
let proxy: CuttingProxy;
const profile = temporaryFolder();

beforeAll(async () => {
  [server, browser, context] = await Promise.all([
    ServerProcess.start(temporaryFolder()),
    launchChromium(),
    // In a private window, as other tests use, no sync can be registered.
    launchWithProfile(profile),
  ]);
  proxy = await CuttingProxy.open(() => server.port);
  await context.grantPermissions(["background-sync"], { origin: proxy.url });
}, MINUTE);

afterAll(async () => {
  await context.close();
  await browser.close();
  proxy.close();
  await server.stop();
  rmSync(profile, { recursive: true });
}, MINUTE);

/** Bo has begun three conversations with Ada, whose browser keeps a profile as people's do. */
async function scene(): Promise<{ ada: Person; bo: Person }> {
  const keeping = { newContext: async () => context };
  const [ada, bo] = await Promise.all([
    // A SharedWorker outlives its tabs for a while, and sends what waits itself; a worker of a tab ends with it.
    Person.signUp(keeping, proxy.url, "ada.fen", "Ada Fen", "leader"),
    Person.signUp(browser, server.url, "bo.moss", "Bo Moss"),
    signUp(server.url, "cyn.reed"),
  ]);
  for (const word of WORDS) {
    if (word === "alone") await bo.start(["Ada Fen"]);
    else await bo.start(["Ada Fen", "cyn.reed"], `About the ${word}`);
    await bo.say(`${word} begun`);
    await ada.listItem(`${word} begun`).waitFor();
  }
  await shellReady(ada.page);
  return { ada, bo };
}

function textsOf(word: string, round: number): string[] {
  return Array.from({ length: EACH }, (_, index) => `${word} ${round}${index}`);
}

/** Messages in all three conversations by turns; what each is called in the list is its newest message. */
async function write(ada: Person, round: number, newest: (word: string) => string): Promise<void> {
  for (const word of WORDS) {
    await ada.open(newest(word));
    for (const text of textsOf(word, round)) {
      await ada.composer.focus();
      await ada.page.keyboard.insertText(text);
      await ada.page.keyboard.press("Enter");
    }
    await ada.articles.filter({ hasText: `${word} ${round}${EACH - 1}` }).waitFor();
  }
}

async function expectAll(person: Person, expected: (word: string) => readonly string[]): Promise<void> {
  for (const word of WORDS) {
    const texts = expected(word);
    const newest = texts.at(-1) ?? "";
    await person.listItem(newest).waitFor();
    await person.open(newest);
    const jump = person.page.getByRole("button", { name: /^Jump to newest/ });
    await person.articles.filter({ hasText: newest }).or(jump).first().waitFor();
    if (await jump.isVisible()) await jump.click();
    await person.articles.filter({ hasText: newest }).waitFor();
    expect(await person.readAll(new RegExp(`${word} (begun|\\d\\d( corrected)?)`))).toEqual([...texts]);
    expect(await person.articles.getByText(/Waiting for the network|Sending|Not sent/).count()).toBe(0);
  }
}

/** What this browser is to do once it has a network and no page of the app. */
async function syncTags(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const { sync } = registration as typeof registration & { readonly sync: { getTags(): Promise<string[]> } };
    return sync.getTags();
  });
}

async function closeAll(ada: Person): Promise<string> {
  const account = await ada.page.evaluate(() => JSON.parse(localStorage.getItem("parley.account") ?? "{}").account);
  const tag = `parley-flush ${account}`;
  while (!(await syncTags(ada.page)).includes(tag)) await Bun.sleep(50);
  await ada.page.close();
  return tag;
}

/** Events that come while another one is at it, or the last engine ends, come to nothing; as with the browser's own, there are more of them. */
async function fireUntil(sync: BackgroundSync, tag: string, done: Promise<void>): Promise<void> {
  let isDone = false;
  const watch = done.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await sync.fire(proxy.url, tag);
    await Promise.race([watch, Bun.sleep(1_000)]);
  }
  await watch;
}

test(
  "[FLU1] [FLU3] [FLU7] what was written without a network arrives once and in order while no page is open; and also when one opens in the middle",
  async () => {
    const sync = await BackgroundSync.open(context);
    const { ada, bo } = await scene();
    proxy.sever();
    await write(ada, 0, (word) => `${word} begun`);
    await ada.editLast("page 09 corrected");
    await ada.choose("page begun", "React with 👍");
    const tag = await closeAll(ada);
    const passed = proxy.passed("up");

    proxy.heal();
    const first = (word: string) => [`${word} begun`, ...textsOf(word, 0)].map(corrected);
    await fireUntil(sync, tag, bo.listItem("page 09 corrected").waitFor());
    await expectAll(bo, first);
    await bo.articles.filter({ hasText: "page begun" }).getByText("👍").first().waitFor();
    expect(proxy.passed("up")).toBeGreaterThan(passed);
    expect(
      context
        .pages()
        .map((page) => page.url())
        .filter((url) => url.startsWith(proxy.url)),
    ).toEqual([]);

    proxy.sever();
    const again = await open();
    await expectAll(again, first);
    await write(again, 1, (word) => corrected(`${word} 09`));
    await closeAll(again);

    proxy.heal();
    proxy.delay(100);
    const both = (word: string) => [...first(word), ...textsOf(word, 1)];
    const reopened = sync.fire(proxy.url, tag).then(() => open());
    await bo.listItem("rope 19").waitFor();
    await expectAll(bo, both);
    await expectAll(await reopened, both);
  },
  3 * MINUTE,
);

function corrected(text: string): string {
  return text === "page 09" ? "page 09 corrected" : text;
}

/** Ada comes back. */
async function open(): Promise<Person> {
  return Person.inOpenApp(await context.newPage(), proxy.url);
}
