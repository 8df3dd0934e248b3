import { afterAll, beforeAll, expect, test } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import { launchChromium } from "./src/chromium.ts";
import { Person } from "./src/person.ts";

const MINUTE = 60_000;
const BURST = 30;

let browser: Browser;
let server: ServerProcess;
/** Says no to WebSockets, as a proxy that knows nothing of them does. */
let refusing: BlockingProxy;
/** Takes requests for WebSockets and never answers. */
let ignoring: BlockingProxy;

beforeAll(async () => {
  browser = await launchChromium();
  server = await ServerProcess.start(temporaryFolder());
  refusing = await BlockingProxy.open(() => server.port, "refuse");
  ignoring = await BlockingProxy.open(() => server.port, "ignore");
}, MINUTE);

afterAll(async () => {
  await browser.close();
  refusing.close();
  ignoring.close();
  await server.stop();
}, MINUTE);

test(
  "[CON5] [CON6] two people chat where WebSockets are blocked, and go back to WebSockets when they pass: nothing is lost, doubled or swapped",
  async () => {
    const ivy = await Person.signUp(browser, refusing.url, "ivy.fen", "Ivy Fen");
    const jon = await Person.signUp(browser, ignoring.url, "jon.moss", "Jon Moss");
    await ivy.start(["Jon Moss"]);
    await ivy.say("hello there");
    await jon.open("Ivy Fen");
    await jon.articles.filter({ hasText: "hello there" }).waitFor();
    expect([refusing.blocked > 0, ignoring.blocked > 0]).toEqual([true, true]);

    await jon.page.bringToFront();
    await ivy.articles.filter({ hasText: "hello there" }).getByText(/^Read/).waitFor();
    await jon.composer.pressSequentially("typing…");
    await ivy.page
      .getByText(/Jon Moss is typing/)
      .first()
      .waitFor();
    await jon.composer.fill("");
    await jon.choose("hello there", "React with 👍");
    await ivy.articles.filter({ hasText: "hello there" }).filter({ hasText: "👍" }).waitFor();
    await ivy.editLast("hello again");
    await jon.articles.filter({ hasText: "hello again" }).getByText("edited").waitFor();
    expect([refusing.upgraded, ignoring.upgraded]).toEqual([0, 0]);

    const typing = Promise.all([ivy, jon].map((person) => burst(person)));
    refusing.set("pass");
    ignoring.set("pass");
    await Promise.all([
      looksAgainUntil(ivy, () => refusing.upgraded === 1),
      looksAgainUntil(jon, () => ignoring.upgraded === 1),
    ]);
    await typing;
    await Promise.all([ivy, jon].map((person) => person.say(`${person.userName} by WebSocket`)));
    for (const reader of [ivy, jon]) {
      for (const writer of [ivy, jon]) {
        await reader.articles.filter({ hasText: `${writer.userName} by WebSocket` }).waitFor();
      }
    }
    const [left, right] = [await ivy.readAll(/\w+\.\w+ \d\d$/m), await jon.readAll(/\w+\.\w+ \d\d$/m)];
    expect(left).toEqual(right);
    for (const { userName } of [ivy, jon]) {
      expect(left.filter((text) => text.startsWith(userName))).toEqual(
        numbers.map((number) => `${userName} ${number}`),
      );
    }
    await ivy.context.close();
    await jon.context.close();
  },
  2 * MINUTE,
);

const numbers = Array.from({ length: BURST }, (_, index) => String(index + 1).padStart(2, "0"));

async function burst(person: Person): Promise<void> {
  for (const number of numbers) {
    await person.say(`${person.userName} ${number}`);
    await person.page.waitForTimeout(100);
  }
}

/** Somebody who comes back to the page now and then; each time the device looks whether a better way is open. */
async function looksAgainUntil(person: Person, isThere: () => boolean): Promise<void> {
  while (!isThere()) {
    await person.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await person.page.waitForTimeout(500);
  }
}
