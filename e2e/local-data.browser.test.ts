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

test(
  "[STO5] a local store that the browser throws away while messages wait: nobody is signed out, and they arrive once, in order",
  async () => {
    const [tia, uwe] = await twoPeople(browser, server.url, "Tia", "Uwe");
    await server.kill();
    for (const text of ["first in the tunnel", "second in the tunnel"]) await tia.say(text);
    await tia.page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes("hand-off")));
    const devtools = await tia.context.newCDPSession(tia.page);
    await devtools.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "indexeddb" });
    server = await ServerProcess.start(server.folder, { port: server.port });
    for (const person of [tia, uwe]) {
      await person.articles.filter({ hasText: "second in the tunnel" }).waitFor();
      const texts = (await person.articles.allInnerTexts()).flatMap((text) => /\w+ in the tunnel/.exec(text) ?? []);
      expect(texts).toEqual(["first in the tunnel", "second in the tunnel"]);
    }
    expect(await tia.articles.count()).toBe(3);
    await tia.context.close();
    await uwe.context.close();
  },
  MINUTE,
);

for (const host of ["shared-worker", "leader", "tab"]) {
  const where = host === "tab" ? "another tab" : `a ${host}`;
  test(
    `[STO6] signing out without a network, with the engine in ${where}: nothing is left in any tab, and the server is told when it is back`,
    async () => {
      const [ria, sam] = await twoPeople(browser, server.url, `Ria-${host}`, `Sam-${host}`);
      await ria.page.evaluate((kind) => localStorage.setItem("parley.host", kind), host);
      await ria.page.reload();
      await ria.newConversationButton.waitFor();
      const account = await ria.page.evaluate(() => JSON.parse(localStorage.getItem("parley.account") ?? "{}").account);
      const tab = await ria.context.newPage();
      await tab.goto(server.url);
      await tab.getByRole("navigation", { name: "Conversations" }).waitFor();
      if (host === "tab") await ria.page.getByText("open in another window that took over").waitFor();
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

test(
  "[STO11] another account signs in in another tab: every tab follows, and what waits of the first is not sent as the second",
  async () => {
    const [ana, ben] = await twoPeople(browser, server.url, "Ana", "Ben");
    const tab = await ana.anotherTab();
    await server.kill();
    await ana.say("typed by Ana before");
    await ana.page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.includes("hand-off")));
    server = await ServerProcess.start(server.folder, { port: server.port });
    await ana.page.getByRole("button", { name: "Settings" }).click();
    await ana.page.getByRole("dialog").getByText("Signed in as").waitFor();
    // At once, as a person in yet another tab would: the cookie is one for all.
    const body = JSON.stringify({ userName: "cleo.fox", displayName: "Cleo Fox", password: "correct horse battery" });
    const answer = await ana.context.request.post(`${server.url}/parley.v1.AccountService/SignUp`, {
      headers: { "Content-Type": "application/json", Origin: server.url },
      data: body,
    });
    expect(answer.ok()).toBe(true);
    await tab.page.reload();
    for (const person of [tab, ana]) {
      await person.page.getByText("No conversations yet").waitFor();
      expect(await person.page.getByText("hello there").count()).toBe(0);
    }
    expect(await ana.page.getByRole("dialog").count()).toBe(0);
    expect(await whoIsSignedIn(ana)).toBe("cleo.fox");
    const databases = await ana.page.evaluate(async () => (await indexedDB.databases()).length);
    expect(databases).toBe(2);
    await ben.page.reload();
    await ben.articles.filter({ hasText: "hello there" }).waitFor();
    const said = await ben.articles.allInnerTexts();
    expect(said.filter((text) => text.includes("Cleo"))).toEqual([]);
    await ana.context.close();
    await ben.context.close();
  },
  MINUTE,
);

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
