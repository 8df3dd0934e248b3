import { expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { shellReady } from "./src/offline-shell.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

/** Notes everything that this page's next starts show or name, from their first moment on. */
async function recordWords(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => seen.push(document.getElementById("app")?.innerHTML ?? "")).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}

function wordsSeen(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Reflect.get(window, "seen"));
}

/** Whether this page has fetched the German texts. */
function hasGerman(page: Page): Promise<boolean> {
  return page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => /\/de-[^/]+\.js$/.test(name)));
}

async function speaksGerman(page: Page): Promise<void> {
  await page.getByRole("log", { name: "Nachrichten" }).getByText("Heute", { exact: true }).waitFor();
  const sent = page.getByRole("article").filter({ hasText: "hello there" });
  await sent.getByText(/^(Zugestellt|Gelesen)$/).waitFor({ state: "attached" });
  const date = new Intl.DateTimeFormat("de", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const today = await page.evaluate(() => Date.now());
  expect(await sent.locator("time").getAttribute("data-tip")).toContain(date.format(today));
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    "de",
    "ltr",
  ]);
}

test("German is chosen by keyboard, spoken at once, and by every start from then on, without a word of English and without the server", async () => {
  const [ada, bo] = await stage.twoPeople("Ada", "Bo");
  const { page } = ada;
  await bo.say("hello yourself");
  await ada.articles.filter({ hasText: "hello yourself" }).waitFor();
  await ada.composer.fill("half a thou");
  expect(await hasGerman(page)).toBe(false);
  await page.getByRole("button", { name: "Settings" }).press("Enter");
  await page.getByRole("group", { name: "Language" }).getByRole("radio", { name: "System" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const german = page.getByRole("group", { name: "Sprache" }).getByRole("radio", { name: "Deutsch" });
  await german.waitFor();
  expect(await german.evaluate((radio) => radio.matches(":checked:focus"))).toBe(true);
  await page.getByRole("dialog", { name: "Einstellungen" }).waitFor();
  await page.keyboard.press("Escape");
  expect(await page.getByRole("button", { name: "Einstellungen" }).evaluate((it) => it.matches(":focus"))).toBe(true);
  await speaksGerman(page);
  const composer = page.getByRole("textbox", { name: "Nachricht", exact: true });
  expect(await composer.inputValue()).toBe("half a thou");
  // Emojis have German names, too, and are still found by English ones.
  await composer.press("End");
  for (const typed of [" :daum", "\b\b\b\bthumbs"]) {
    for (const key of typed) await page.keyboard.press(key === "\b" ? "Backspace" : key);
    await page.getByRole("option", { name: "Daumen hoch" }).first().waitFor();
  }
  await page.keyboard.press("Escape");
  await composer.fill("half a thou");
  await bo.say("and now?");
  await page.getByRole("article").filter({ hasText: "and now?" }).waitFor();

  await shellReady(page);
  await recordWords(page);
  await page.reload();
  await speaksGerman(page);
  expect(await hasGerman(page)).toBe(true);
  await stage.server.kill();
  await page.reload();
  await speaksGerman(page);
  await page.getByText("du siehst, was auf diesem Gerät ist").waitFor();
  const seen = await wordsSeen(page);
  expect(seen.length).toBeGreaterThan(0);
  expect(
    seen.filter((text) => /Opening|Conversations|Settings|Filter|Messages|Today|Not connected|Delivered/.test(text)),
  ).toEqual([]);

  await page.getByRole("button", { name: "Einstellungen" }).click();
  await page.getByRole("radio", { name: "English" }).press("Space");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  await page.keyboard.press("Escape");
  await ada.log.getByText("Today", { exact: true }).waitFor();
  await stage.startServerAgain();
});

test("a browser that prefers German gets it from the first screen on, with the dates of its country", async () => {
  const context = await stage.browser.newContext({ locale: "de-AT" });
  const page = await context.newPage();
  await recordWords(page);
  await page.goto(stage.server.url);
  await page.getByRole("textbox", { name: "Benutzername" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
  expect((await wordsSeen(page)).filter((text) => /Opening|Sign in|Password/.test(text))).toEqual([]);
});

test("the first screen offers the languages, and what was typed into it stays", async () => {
  const page = await (await stage.browser.newContext()).newPage();
  await page.goto(stage.server.url);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.getByRole("textbox", { name: "User name" }).fill("dora.reed");
  await page.getByRole("radio", { name: "Deutsch" }).press("Space");
  await page.getByRole("group", { name: "Sprache" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Benutzername" }).inputValue()).toBe("dora.reed");
  await page.getByRole("textbox", { name: "Anzeigename" }).waitFor();
  expect(await page.getByRole("radio", { name: "Deutsch" }).evaluate((radio) => radio.matches(":checked:focus"))).toBe(
    true,
  );
});

test("what is chosen in one tab is spoken and looks so in the other at once, where one goes on writing", async () => {
  const [eva] = await stage.twoPeople("Eva", "Finn");
  const other = await eva.anotherTab();
  await other.open("Finn Moss");
  await other.composer.fill("half a thou");
  await eva.page.getByRole("button", { name: "Settings" }).click();
  for (const name of ["Dark", "Compact", "Blue", "Deutsch"]) {
    await eva.page.getByRole("dialog").getByRole("radio", { name }).press("Space");
  }
  const composer = other.page.getByRole("textbox", { name: "Nachricht", exact: true });
  await composer.waitFor();
  await speaksGerman(other.page);
  expect(await composer.inputValue()).toBe("half a thou");
  const { theme, density, accent } = await other.page.evaluate(() => ({ ...document.documentElement.dataset }));
  expect([theme, density, accent]).toEqual(["dark", "compact", "blue"]);
  // And back, from the other one.
  await other.page.getByRole("button", { name: "Einstellungen" }).click();
  await other.page.getByRole("radio", { name: "English" }).press("Space");
  await eva.page.getByRole("dialog", { name: "Settings" }).waitFor();
  expect(await eva.page.getByRole("radio", { name: "English" }).isChecked()).toBe(true);
});

test("the protocol inspector speaks it, too", async () => {
  const cem = await stage.newcomer("cem.fen", "Cem Fen");
  await cem.page.evaluate(() => {
    localStorage.setItem("parley.language", "de");
    localStorage.setItem("parley.inspector", "on");
  });
  await cem.page.reload();
  const inspector = cem.page.getByRole("region", { name: "Protokollansicht" });
  await inspector.getByRole("tab", { name: "Verbindung" }).click();
  await inspector.getByText("Verzögerung je Richtung: 0 ms").waitFor();
});
