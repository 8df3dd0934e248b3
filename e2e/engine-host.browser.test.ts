import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser, CDPSession } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import type { Person } from "./src/person.ts";
import { sharedWorkersOf } from "./src/shared-workers.ts";
import { twoPeople } from "./src/two-people.ts";

const MINUTE = 60_000;
const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h"];

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(temporaryFolder()), launchChromium()]);
}, MINUTE);

afterAll(async () => {
  await browser.close();
  await server.stop();
}, MINUTE);

describe("the worker that serves all tabs", () => {
  test(
    "[OUT1] dies while a person types: the view stays, and every message arrives once and in order",
    async () => {
      const [gil, hana] = await twoPeople(browser, server.url, "Gil", "Hana");
      const tab = await gil.anotherTab();
      await tab.open("Hana Moss");
      const fewest = await watchArticles(gil);
      for (const letter of LETTERS) {
        if (letter === "c" || letter === "f") await killWorkers(gil);
        await gil.say(`letter ${letter}`);
      }
      for (const person of [gil, tab, hana]) await expectOnce(person, LETTERS);
      expect(await fewest()).toBeGreaterThan(0);
      expect(await handOffs(gil)).toBe(0);
      await close(gil, hana);
    },
    MINUTE,
  );

  test(
    "[OUT1] dies with the tab on Enter: the next tab sends what was typed",
    async () => {
      const [ida, jon] = await twoPeople(browser, server.url, "Ida", "Jon");
      await killWorkers(ida);
      await ida.say("letter a");
      await ida.page.reload();
      await ida.say("letter b");
      for (const person of [ida, jon]) await expectOnce(person, ["a", "b"]);
      await close(ida, jon);
    },
    MINUTE,
  );

  test(
    "[STO2] freezes, is replaced, and changes nothing when it thaws",
    async () => {
      const [kim, lou] = await twoPeople(browser, server.url, "Kim", "Lou");
      const thaw = await freezeWorker(kim);
      await kim.say("letter a");
      // A person comes back to the tab: it asks the worker, which does not answer.
      await kim.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      for (const person of [kim, lou]) await expectOnce(person, ["a"]);
      expect(await sharedWorkersOf(browser, kim)).toHaveLength(2);
      await thaw();
      await kim.say("letter b");
      for (const person of [kim, lou]) await expectOnce(person, ["a", "b"]);
      await close(kim, lou);
    },
    MINUTE,
  );

  test(
    "ends when one tab signs out: no tab is signed in, and nothing is left on the device",
    async () => {
      const [mia, ned] = await twoPeople(browser, server.url, "Mia", "Ned");
      const tab = await mia.anotherTab();
      await mia.page.evaluate(() => {
        const { account } = JSON.parse(localStorage.getItem("parley.account") ?? "{}");
        localStorage.setItem(`parley.draft.${account}.elsewhere`, "never stored");
      });
      await mia.signOut();
      await tab.page.getByRole("button", { name: "Sign in" }).waitFor();
      expect(await mia.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      const items = await mia.page.evaluate(() => Object.keys(localStorage));
      expect(items.filter((key) => /account|draft|hand-off/.test(key))).toEqual([]);
      await close(mia, ned);
    },
    MINUTE,
  );
});

describe("a browser that lends no workers", () => {
  test(
    "[HST5] runs the engine in the tab; a second tab takes over, the first says so, and takes it back when that one closes",
    async () => {
      const [oda, pia] = await twoPeople(browser, server.url, "Oda", "Pia", "tab");
      expect(oda.page.workers()).toEqual([]);
      await oda.say("letter a");
      for (const person of [oda, pia]) await expectOnce(person, ["a"]);
      const tab = await oda.anotherTab();
      await tab.open("Pia Moss");
      await oda.page.getByText("Parley is open in another window").waitFor();
      await tab.say("letter b");
      for (const person of [tab, pia]) await expectOnce(person, ["a", "b"]);
      await oda.say("letter c");
      await tab.page.close();
      // What is typed is shown at once, before the engine is back.
      await oda.articles.filter({ hasText: "letter b" }).waitFor();
      for (const person of [pia, oda]) await expectOnce(person, ["a", "b", "c"]);
      await close(oda, pia);
    },
    MINUTE,
  );
});

async function close(...people: readonly Person[]): Promise<void> {
  for (const person of people) await person.context.close();
}

/** Waits for the last letter, then looks at all of them. */
async function expectOnce(person: Person, letters: readonly string[]): Promise<void> {
  await person.articles.filter({ hasText: `letter ${letters.at(-1)}` }).waitFor();
  const shown = (await person.articles.allInnerTexts()).flatMap((text) => text.match(/letter (\w)/)?.[1] ?? []);
  expect(shown).toEqual([...letters]);
}

/** Ends the workers of a person's browser as a crash would: without a word. */
async function killWorkers(person: Person): Promise<void> {
  const devtools = await browser.newBrowserCDPSession();
  for (const { targetId } of await sharedWorkersOf(browser, person)) {
    await devtools.send("Target.closeTarget", { targetId });
  }
  await devtools.detach();
}

/** Stops a person's worker in the middle of what it does, its Web Lock held; resolves to what lets it go on. */
async function freezeWorker(person: Person): Promise<() => Promise<void>> {
  const [worker] = await sharedWorkersOf(browser, person);
  if (worker === undefined) throw new Error("there is no worker to freeze");
  const devtools = await browser.newBrowserCDPSession();
  const { sessionId } = await devtools.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  await tell(devtools, sessionId, "Debugger.enable");
  await tell(devtools, sessionId, "Debugger.pause");
  return () => tell(devtools, sessionId, "Debugger.resume");
}

async function tell(devtools: CDPSession, sessionId: string, method: string): Promise<void> {
  await devtools.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: 1, method }) });
}

/** Watches from now on; resolves to the fewest messages that were on the screen in any frame. */
async function watchArticles(person: Person): Promise<() => Promise<number>> {
  await person.page.evaluate(() => {
    let fewest = Number.POSITIVE_INFINITY;
    const look = () => {
      fewest = Math.min(fewest, document.querySelectorAll("[role=log] article, [role=log] [role=article]").length);
      Object.assign(globalThis, { fewest });
      requestAnimationFrame(look);
    };
    look();
  });
  return () => person.page.evaluate(() => Number(Reflect.get(globalThis, "fewest")));
}

function handOffs(person: Person): Promise<number> {
  return person.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("hand-off")).length);
}
