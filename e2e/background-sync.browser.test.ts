import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { CuttingProxy } from "@parley/rig/link";
import { temporaryFolder } from "@parley/rig/process";
import type { Page } from "playwright-core";
import { BackgroundSync } from "./src/background-sync.ts";
import { launchWithProfile } from "./src/chromium.ts";
import { forThisFile } from "./src/for-this-file.ts";
import { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";
import { threeConversations, WORDS } from "./src/three-conversations.ts";

const EACH = 10;

const stage = await Stage.open();
const proxy = await stage.between(CuttingProxy.open);
const profile = temporaryFolder();
/** Ada's. In a private window, as other people here use, no sync can be registered. */
const context = await forThisFile(launchWithProfile(profile), async (opened) => {
  await opened.close();
  rmSync(profile, { recursive: true });
});
await context.grantPermissions(["background-sync"], { origin: proxy.url });

function textsOf(word: string, round: number): string[] {
  return Array.from({ length: EACH }, (_, index) => `${word} ${round}${index}`);
}

/** Messages in all three conversations by turns; what each is called in the list is its newest message. */
async function write(ada: Person, round: number, newest: (word: string) => string): Promise<void> {
  for (const word of WORDS) {
    await ada.open(newest(word));
    await ada.sayAll(textsOf(word, round));
    await ada.articles.filter({ hasText: `${word} ${round}${EACH - 1}` }).waitFor();
  }
}

async function expectAll(person: Person, expected: (word: string) => readonly string[]): Promise<void> {
  for (const word of WORDS) {
    const texts = expected(word);
    const newest = texts.at(-1) ?? "";
    await person.listItem(newest).waitFor();
    await person.open(newest);
    await person.goToNewest(newest);
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
  const tag = `parley-flush ${await ada.account()}`;
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

test("[FLU1] [FLU3] [FLU7] what was written without a network arrives once and in order while no page is open; and also when one opens in the middle", async () => {
  const sync = await BackgroundSync.open(context);
  // A SharedWorker outlives its tabs for a while, and sends what waits itself; a worker of a tab ends with it.
  const keeping = { address: proxy.url, host: "leader", browser: { newContext: async () => context } } as const;
  const { ada, bo } = await threeConversations(stage, (word) => `${word} begun`, keeping);
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
});

function corrected(text: string): string {
  return text === "page 09" ? "page 09 corrected" : text;
}

/** Ada comes back. */
async function open(): Promise<Person> {
  return Person.inOpenApp(await context.newPage(), proxy.url);
}
