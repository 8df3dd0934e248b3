import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import type { Person } from "./src/person.ts";
import { twoPeople } from "./src/two-people.ts";

const MINUTE = 60_000;

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(temporaryFolder()), launchChromium()]);
}, MINUTE);

afterAll(async () => {
  await browser.close();
  await server.stop();
}, MINUTE);

describe("five tabs whose engine runs in a worker of one of them", () => {
  test(
    "[HST2] the leader's tab is closed, and the next one crashes, while all tabs send: every message arrives once",
    async () => {
      const [oda, pia] = await twoPeople(browser, server.url, "Oda", "Pia", "leader");
      const tabs = [oda];
      while (tabs.length < 5) {
        const tab = await oda.anotherTab();
        await tab.open("Pia Moss");
        tabs.push(tab);
      }
      const sent: string[] = ["hello there"];
      const sendAll = async (round: string) => {
        for (const [index, tab] of tabs.entries()) {
          await tab.say(`${round} of tab ${index}`);
          sent.push(`${round} of tab ${index}`);
        }
      };
      const before = await leaderOf(tabs);
      await sendAll("before");
      await before.page.close();
      tabs.splice(tabs.indexOf(before), 1);
      await sendAll("closed");
      const second = await leaderOf(tabs);
      await sendAll("second");
      crash(second);
      tabs.splice(tabs.indexOf(second), 1);
      await sendAll("crashed");
      await leaderOf(tabs);
      for (const person of [...tabs, pia]) await expectAll(person, sent);
      await oda.context.close();
      await pia.context.close();
    },
    MINUTE,
  );
});

/** The one tab that runs the engine, once there is one. */
async function leaderOf(tabs: readonly Person[]): Promise<Person> {
  for (;;) {
    const leaders = tabs.filter(({ page }) => page.workers().length > 0);
    const [leader] = leaders;
    expect(leaders.length).toBeLessThan(2);
    if (leader !== undefined) return leader;
    await Bun.sleep(20);
  }
}

/** Ends the process of a tab without a word. */
function crash({ context, page }: Person): void {
  void context.newCDPSession(page).then((session) => session.send("Page.crash").catch(() => undefined));
}

/** Waits until all these messages and no others are there, in whatever order. */
async function expectAll(person: Person, messages: readonly string[]): Promise<void> {
  for (const message of messages) await person.articles.filter({ hasText: message }).first().waitFor();
  const shown = (await person.articles.allInnerTexts()).map((text) =>
    messages.find((message) => text.includes(message)),
  );
  expect(shown.map(String).sort()).toEqual([...messages].sort());
}
