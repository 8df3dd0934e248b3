import { describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { temporaryFolder } from "@parley/rig/process";
import { launchWithProfile } from "./src/chromium.ts";
import { shellReady } from "./src/offline-shell.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

describe("after one visit, with the server's process gone", () => {
  test("[OPN1] the app opens, shows what is on the device, keeps what is written, and sends it once when the server is back", async () => {
    const [ada, bo] = await stage.twoPeople("Ada", "Bo");
    await bo.say("read this in the tunnel");
    await ada.articles.filter({ hasText: "in the tunnel" }).waitFor();
    await shellReady(ada.page);
    await stage.server.kill();

    await openWithoutServer(ada);
    await ada.articles.filter({ hasText: "in the tunnel" }).waitFor();
    await ada.page.getByText("showing what is on this device").waitFor();
    await ada.say("written underground");
    await ada.articles.filter({ hasText: "written underground" }).waitFor();
    await openWithoutServer(ada);
    await ada.articles.filter({ hasText: "written underground" }).getByText("Waiting for the network").waitFor();

    await stage.startServerAgain();
    await bo.articles.filter({ hasText: "written underground" }).waitFor();
    await ada.articles
      .filter({ hasText: "written underground" })
      .getByText(/^(Sent|Delivered|Read)/)
      .waitFor();
    for (const person of [ada, bo]) expect(await timesShown(person, "written underground")).toBe(1);
  });

  test("[OPN1] everything that can be done is done on the device, and reaches the others once", async () => {
    const [gia, hal] = await stage.twoPeople("Gia", "Hal");
    const ivo = await stage.newcomer("ivo.ash", "Ivo Ash");
    await hal.say("shall we meet?");
    await gia.articles.filter({ hasText: "shall we meet?" }).waitFor();
    await gia.say("better not");
    await gia.say("at nien");
    await gia.start(["Ivo Ash"]);
    await gia.say("hello Ivo");
    await ivo.open("Gia Fen");
    await ivo.articles.filter({ hasText: "hello Ivo" }).waitFor();
    // What was never sent would only be withdrawn.
    await hal.articles.filter({ hasText: "at nien" }).waitFor();
    await shellReady(gia.page);
    await stage.server.kill();

    await openWithoutServer(gia);
    await gia.articles.filter({ hasText: "hello Ivo" }).waitFor();
    await gia.open("Hal Moss");
    await gia.choose("shall we meet?", "React with 👍");
    await gia.editLast("at nine");
    await gia.choose("better not", "Delete");
    await gia.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
    await gia.start(["Hal Moss", "Ivo Ash"], "Tunnel crew");
    await gia.say("hello crew");
    await renameGroup(gia, "Train crew");
    await openWithoutServer(gia);
    await gia.listItem("Train crew").waitFor();
    await gia.articles.filter({ hasText: "hello crew" }).waitFor();

    await stage.startServerAgain();
    await hal.articles.filter({ hasText: "at nine" }).waitFor();
    await hal.articles.filter({ hasText: "shall we meet?" }).getByText("👍").first().waitFor();
    await hal.articles.filter({ hasText: "This message was deleted" }).waitFor();
    expect(await hal.articles.filter({ hasText: /better not|at nien/ }).count()).toBe(0);
    for (const person of [hal, ivo]) {
      await person.open("Train crew");
      await person.articles.filter({ hasText: "hello crew" }).waitFor();
      expect(await timesShown(person, "hello crew")).toBe(1);
    }
  });

  test("[OPN5] a session that has ended meanwhile is only found when the server can be asked: nothing is lost by signing in again", async () => {
    const [cai, dot] = await stage.twoPeople("Cai", "Dot");
    await shellReady(cai.page);
    await stage.server.kill();
    await cai.context.clearCookies();

    await openWithoutServer(cai);
    await cai.say("without a session");
    await cai.articles.filter({ hasText: "without a session" }).waitFor();
    expect(await cai.page.getByText("Your session has ended").count()).toBe(0);

    await stage.startServerAgain();
    await cai.banner.getByText("Your session has ended").waitFor();
    await cai.articles.filter({ hasText: "without a session" }).waitFor();
    await cai.signInAgain();
    await dot.articles.filter({ hasText: "without a session" }).waitFor();
    expect(await timesShown(dot, "without a session")).toBe(1);
  });
});

test("the app can be installed", async () => {
  const profile = temporaryFolder();
  const context = await launchWithProfile(profile);
  const page = await context.newPage();
  await page.goto(stage.server.url);
  await shellReady(page);
  const devtools = await context.newCDPSession(page);
  expect((await devtools.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
  const { errors, manifest } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(manifest.name).toBe("Parley");
  await context.close();
  rmSync(profile, { recursive: true });
});

/** Reloads the page; the conversation that was open is open again. */
async function openWithoutServer(person: Person): Promise<void> {
  await person.page.reload();
  await person.listItem("Moss").waitFor();
  await person.composer.waitFor();
}

async function renameGroup(person: Person, name: string): Promise<void> {
  await person.page.getByRole("button", { name: "Group info" }).click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Group name" }).fill(name);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("button", { name: "Save" }).waitFor({ state: "detached" });
  await person.page.keyboard.press("Escape");
}

async function timesShown(person: Person, text: string): Promise<number> {
  return await person.articles.filter({ hasText: text }).count();
}
