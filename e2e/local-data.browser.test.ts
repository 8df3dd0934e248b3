import { afterAll, beforeAll, expect, test } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import type { Person } from "./src/person.ts";
import { twoPeople } from "./src/two-people.ts";

const MINUTE = 60_000;

let browser: Browser;
let server: ServerProcess;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.start(temporaryFolder()), launchChromium()]);
}, MINUTE);

afterAll(async () => {
  await browser.close();
  await server.stop();
}, MINUTE);

for (const host of ["shared-worker", "leader"]) {
  test(
    `[STO6] signing out without a network, with the engine in a ${host}: nothing is left in any tab, and the server is told when it is back`,
    async () => {
      const [ria, sam] = await twoPeople(browser, server.url, `Ria-${host}`, `Sam-${host}`);
      await ria.page.evaluate((kind) => localStorage.setItem("parley.host", kind), host);
      await ria.page.reload();
      await ria.newConversationButton.waitFor();
      const account = await ria.page.evaluate(() => JSON.parse(localStorage.getItem("parley.account") ?? "{}").account);
      const tab = await ria.context.newPage();
      await tab.goto(server.url);
      await tab.getByRole("navigation", { name: "Conversations" }).waitFor();
      await server.kill();
      await ria.signOut();
      for (const page of [ria.page, tab]) {
        await page.getByRole("textbox", { name: "User name" }).waitFor();
        expect(await page.getByText("hello there").count()).toBe(0);
      }
      await ria.page.getByText("The server could not be told yet").waitFor();
      expect(await ria.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      const kept = await ria.page.evaluate(() => Object.keys(localStorage));
      expect(kept.filter((key) => key.includes(account) && !key.includes("number"))).toEqual([]);
      server = await ServerProcess.start(server.folder, { port: server.port });
      await ria.page.reload();
      await ria.page.getByRole("textbox", { name: "User name" }).waitFor();
      await ria.page.waitForFunction(() => localStorage.getItem("parley.session-to-end") === null);
      expect(await whoIsSignedIn(ria)).toBe("");
      await ria.context.close();
      await sam.context.close();
    },
    MINUTE,
  );
}

/** The user name of the session that the browser's cookie stands for; empty if there is none. */
function whoIsSignedIn(person: Person): Promise<string> {
  return person.page.evaluate(async () => {
    const answer = await fetch("/parley.v1.AccountService/GetSession", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    return (await answer.json()).profile?.userName ?? "";
  });
}
