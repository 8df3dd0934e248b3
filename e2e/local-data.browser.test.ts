import { expect, test } from "bun:test";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { signUpOverHttp } from "./src/sign-up-over-http.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

test("[STO5] a local store that the browser throws away while messages wait: nobody is signed out, and they arrive once, in order", async () => {
  const [tia, uwe] = await stage.twoPeople("Tia", "Uwe");
  await stage.server.kill();
  for (const text of ["first in the tunnel", "second in the tunnel"]) await tia.say(text);
  await tia.allIsStored();
  const devtools = await tia.context.newCDPSession(tia.page);
  await devtools.send("Storage.clearDataForOrigin", { origin: stage.server.url, storageTypes: "indexeddb" });
  await stage.startServerAgain();
  for (const person of [tia, uwe]) {
    await person.articles.filter({ hasText: "second in the tunnel" }).waitFor();
    const texts = (await person.articles.allInnerTexts()).flatMap((text) => /\w+ in the tunnel/.exec(text) ?? []);
    expect(texts).toEqual(["first in the tunnel", "second in the tunnel"]);
  }
  await expectSoon(async () => expect(await tia.articles.count()).toBe(3));
});

for (const host of ["shared-worker", "leader", "tab"]) {
  const where = host === "tab" ? "another tab" : `a ${host}`;
  test(`[STO6] signing out without a network, with the engine in ${where}: nothing is left in any tab, and the server is told when it is back`, async () => {
    const [ria] = await stage.twoPeople(`Ria-${host}`, `Sam-${host}`);
    await ria.page.evaluate((kind) => localStorage.setItem("parley.host", kind), host);
    await ria.page.reload();
    await ria.newConversationButton.waitFor();
    const account = await ria.account();
    const tab = await ria.context.newPage();
    await tab.goto(stage.server.url);
    await tab.getByRole("navigation", { name: "Conversations" }).waitFor();
    if (host === "tab") await ria.page.getByText("open in another window that took over").waitFor();
    await stage.server.kill();
    await ria.signOut();
    for (const page of [ria.page, tab]) {
      await page.getByRole("textbox", { name: "User name" }).waitFor();
      expect(await page.getByText("hello there").count()).toBe(0);
    }
    await ria.page.getByText("The server could not be told yet").waitFor();
    expect(await ria.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    const kept = await ria.page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => key.includes(account))).toEqual([]);
    await stage.startServerAgain();
    await ria.page.reload();
    await ria.page.getByRole("textbox", { name: "User name" }).waitFor();
    await ria.page.waitForFunction(() => localStorage.getItem("parley.session-to-end") === null);
    expect(await whoIsSignedIn(ria)).toBe("");
  });
}

test("[STO11] another account signs in in another tab: every tab follows, and what waits of the first is not sent as the second", async () => {
  const [ana, ben] = await stage.twoPeople("Ana", "Ben");
  const tab = await ana.anotherTab();
  await stage.server.kill();
  await ana.say("typed by Ana before");
  await ana.allIsStored();
  await stage.startServerAgain();
  await ana.page.getByRole("button", { name: "Settings" }).click();
  await ana.page.getByRole("dialog").getByText("Signed in as").waitFor();
  // At once, as a person in yet another tab would: the cookie is one for all.
  await signUpOverHttp(ana.context, stage.server.url, "cleo.fox", "Cleo Fox");
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
});

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
