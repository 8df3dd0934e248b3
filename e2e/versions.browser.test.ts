import { describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { forThisFile } from "./src/for-this-file.ts";
import { shellReady, versionOf } from "./src/offline-shell.ts";
import { Stage } from "./src/stage.ts";
import { buildOtherVersion, builtWebApp, scriptOf } from "./src/web-build.ts";

/** Loaded only where the engine runs in the tab, so no page of this test has it yet. */
const LAZY = "in-tab-service";
const SERVE_VERSION = fileURLToPath(new URL("./src/serve-version.ts", import.meta.url));

const stage = await Stage.open();
const otherVersion = await forThisFile(buildOtherVersion(), (folder) => rmSync(folder, { recursive: true }));

describe("a server that comes back as a newer version", () => {
  test("[OPN3] [OPN4] offers it to tabs of the old one, which work on with what they need; taking it loses nothing", async () => {
    const [eli, fay] = await stage.twoPeople("Eli", "Fay");
    await shellReady(eli.page);
    const tab = await eli.anotherTab();
    await tab.open("Fay Moss");
    const old = await versionOf(eli.page);

    await stage.server.stop();
    await stage.startServerAgain([SERVE_VERSION, otherVersion]);
    for (const { page } of [eli, tab]) await offerIn(page).getByText("A new version of Parley is ready").waitFor();
    await tab.say("from the old version");
    await fay.articles.filter({ hasText: "from the old version" }).waitFor();
    await eli.composer.fill("half a sentence");
    const lazy = scriptOf(builtWebApp, LAZY);
    expect((await fetch(stage.server.url + lazy)).status).toBe(404);

    await offerIn(eli.page).getByRole("button", { name: "Reload" }).click();
    await eli.page.waitForFunction((old) => document.documentElement.dataset["version"] !== old, old);
    await eli.page.waitForFunction(() => document.querySelector("textarea")?.value === "half a sentence");
    expect(await offerIn(eli.page).count()).toBe(0);
    await eli.say("from the new version");

    expect(await versionOf(tab.page)).toBe(old);
    expect(await exportsOf(tab.page, lazy)).toContain("createInTabService");
    expect(await keptVersions(tab.page)).toBe(2);
    await tab.say("written in the old tab, late");
    await offerIn(tab.page).getByRole("button", { name: "Reload" }).click();
    await tab.page.waitForFunction((old) => document.documentElement.dataset["version"] !== old, old);
    for (const text of ["from the old version", "from the new version", "written in the old tab, late"]) {
      for (const person of [eli, tab, fay]) await person.articles.filter({ hasText: text }).waitFor();
      expect(await fay.articles.filter({ hasText: text }).count()).toBe(1);
    }
    await tab.page.waitForFunction(async () => (await caches.keys()).length === 1);
  });
});

function offerIn(page: Page): Locator {
  return page.getByRole("region", { name: "Update" });
}

/** What a script of the page's origin exports, as the page gets it. */
function exportsOf(page: Page, path: string): Promise<readonly string[]> {
  return page.evaluate(async (path) => Object.keys(await import(path)), path);
}

function keptVersions(page: Page): Promise<number> {
  return page.evaluate(async () => (await caches.keys()).length);
}
