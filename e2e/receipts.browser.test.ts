import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
const [nora, otto] = await stage.twoPeople("Nora", "Otto", { address: proxy.url });
const info = nora.page.getByRole("dialog", { name: "Message info" });

/** In the settings, which close again. */
async function turn(person: Person, name: string, on: boolean): Promise<void> {
  await person.page.getByRole("button", { name: "Settings" }).click();
  const settings = person.page.getByRole("dialog", { name: "Settings" });
  await settings.getByRole("switch", { name, checked: !on }).click();
  await settings.getByRole("switch", { name, checked: on }).waitFor();
  expect(await violations(person.page)).toEqual([]);
  await person.page.keyboard.press("Escape");
  await settings.waitFor({ state: "detached" });
}

test("message info tells who received and read a message, and follows while it is open", async () => {
  await otto.page.goto(`${new URL("/", otto.page.url()).href}#/`);
  await otto.page.getByText("Choose a conversation").waitFor();
  await nora.say("on the way");
  await nora.articles.filter({ hasText: "on the way" }).waitFor();
  await nora.choose("on the way", "Message info");
  await info.getByText(/^Sent \d/).waitFor();
  await info.getByRole("region", { name: "Delivered to 1" }).getByText("Otto Moss").waitFor();
  await info.getByText(/^Delivered \d/).waitFor();
  expect(await violations(nora.page)).toEqual([]);
  await otto.open("Nora Fen");
  const readers = info.getByRole("region", { name: "Read by 1" });
  await readers.getByText(/^Read \d/).waitFor();
  await readers.getByText(/^Delivered \d/).waitFor();
  await nora.page.keyboard.press("Escape");
  await info.waitFor({ state: "detached" });
});

test("message info is reached by keyboard alone, and says without a network what this device knows", async () => {
  proxy.sever();
  await nora.banner.waitFor();
  await nora.log.focus();
  await nora.page.keyboard.press("ArrowUp");
  await nora.page.keyboard.press("Enter");
  const item = nora.page.getByRole("menuitem", { name: "Message info" });
  await item.waitFor();
  for (let steps = 0; steps < 20 && !(await item.evaluate((one) => one === document.activeElement)); steps++) {
    await nora.page.keyboard.press("ArrowDown");
  }
  await nora.page.keyboard.press("Enter");
  await info.getByText("The server cannot be reached.").waitFor();
  await info.getByRole("region", { name: "Read by 1" }).getByText("Otto Moss").waitFor();
  expect(await info.getByText(/^Read \d/).count()).toBe(0);
  await nora.page.keyboard.press("Escape");
  proxy.heal();
});

test("[MRK7] whoever switches read receipts off, on whichever device, neither tells nor is told what was read", async () => {
  const phone = await otto.onAnotherDevice(stage.browser);
  await turn(phone, "Read receipts", false);
  await otto.page.getByRole("button", { name: "Settings" }).click();
  await otto.page.getByRole("switch", { name: "Read receipts", checked: false }).waitFor();
  await otto.page.keyboard.press("Escape");
  await nora.say("see you there");
  await otto.articles.filter({ hasText: "see you there" }).waitFor();
  await nora.articles.filter({ hasText: "see you there" }).getByText("Delivered").waitFor();
  await otto.say("fine");
  await nora.articles.filter({ hasText: "fine" }).waitFor();
  await nora.choose("see you there", "Message info");
  await info.getByRole("region", { name: "Delivered to 1" }).getByText("Otto Moss").waitFor();
  await nora.page.keyboard.press("Escape");
  const own = otto.articles.filter({ hasText: "fine" });
  await own.getByText("Delivered").waitFor();
  await otto.choose("fine", "Message info");
  await otto.page.getByText("Your read receipts are off").waitFor();
  await otto.page.keyboard.press("Escape");

  await turn(otto, "Read receipts", true);
  await own.getByText("Read", { exact: true }).waitFor();
  await nora.say("until then");
  await nora.articles.filter({ hasText: "until then" }).getByText("Read", { exact: true }).waitFor();
  await phone.context.close();
});

test("[SIG2] whoever hides that they are online is not told it of others; who goes was last seen at a time", async () => {
  const headers = [nora, otto].map(({ page }) => page.locator("main header"));
  const bothAre = (wanted: RegExp) =>
    Promise.all(headers.map((header) => header.getByText(wanted).waitFor({ state: "visible" })));
  const neitherIsTold = () =>
    Promise.all(headers.map((header) => header.getByText(/^(Online|Last seen .*)$/).waitFor({ state: "detached" })));
  await bothAre(/^Online$/);
  await turn(otto, "Online and last seen", false);
  await neitherIsTold();
  await turn(otto, "Online and last seen", true);
  await bothAre(/^Online$/);
  await otto.page.close();
  await headers[0]?.getByText(/^Last seen \d/).waitFor();
  await nora.page.reload();
  await headers[0]?.getByText(/^Last seen \d/).waitFor();
});
