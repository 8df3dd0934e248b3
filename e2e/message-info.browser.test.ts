import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
const [nora, otto] = await stage.twoPeople("Nora", "Otto", { address: proxy.url });
const info = nora.page.getByRole("dialog", { name: "Message info" });

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
