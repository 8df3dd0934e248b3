import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import { shellReady } from "./src/offline-shell.ts";
import { PASSWORD, type Person } from "./src/person.ts";
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

async function startAgain(): Promise<void> {
  server = await ServerProcess.start(server.folder, { port: server.port });
}

describe("after one visit, with the server's process gone", () => {
  test(
    "[OUT1] the app opens, shows what is on the device, keeps what is written, and sends it once when the server is back",
    async () => {
      const [ada, bo] = await twoPeople(browser, server.url, "Ada", "Bo");
      await bo.say("read this in the tunnel");
      await ada.articles.filter({ hasText: "in the tunnel" }).waitFor();
      await shellReady(ada.page);
      await server.kill();

      await openWithoutServer(ada);
      await ada.articles.filter({ hasText: "in the tunnel" }).waitFor();
      await ada.page.getByText("showing what is on this device").waitFor();
      await ada.say("written underground");
      await ada.articles.filter({ hasText: "written underground" }).waitFor();
      await openWithoutServer(ada);
      await ada.articles.filter({ hasText: "written underground" }).getByText("Waiting for the network").waitFor();

      await startAgain();
      await bo.articles.filter({ hasText: "written underground" }).waitFor();
      await ada.articles
        .filter({ hasText: "written underground" })
        .getByText(/^(Sent|Delivered|Read)/)
        .waitFor();
      for (const person of [ada, bo]) expect(await timesShown(person, "written underground")).toBe(1);
      await ada.context.close();
      await bo.context.close();
    },
    MINUTE,
  );

  test(
    "a session that has ended meanwhile is only found when the server can be asked: nothing is lost by signing in again",
    async () => {
      const [cai, dot] = await twoPeople(browser, server.url, "Cai", "Dot");
      await shellReady(cai.page);
      await server.kill();
      await cai.context.clearCookies();

      await openWithoutServer(cai);
      await cai.say("without a session");
      await cai.articles.filter({ hasText: "without a session" }).waitFor();
      expect(await cai.page.getByText("Your session has ended").count()).toBe(0);

      await startAgain();
      const banner = cai.page.getByRole("region", { name: "Connection" });
      await banner.getByText("Your session has ended").waitFor();
      await cai.articles.filter({ hasText: "without a session" }).waitFor();
      await banner.getByRole("button", { name: "Sign in" }).click();
      const dialog = cai.page.getByRole("dialog");
      await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await dot.articles.filter({ hasText: "without a session" }).waitFor();
      expect(await timesShown(dot, "without a session")).toBe(1);
      await cai.context.close();
      await dot.context.close();
    },
    MINUTE,
  );
});

/** Reloads the page; the conversation that was open is open again. */
async function openWithoutServer(person: Person): Promise<void> {
  await person.page.reload();
  await person.listItem("Moss").waitFor();
  await person.composer.waitFor();
}

async function timesShown(person: Person, text: string): Promise<number> {
  return await person.articles.filter({ hasText: text }).count();
}
