import { expect, test } from "bun:test";
import { signUp } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import type { Locator } from "playwright-core";
import { violations } from "./src/axe.ts";
import { shellReady } from "./src/offline-shell.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();
const proxy = await stage.between(CuttingProxy.open);

function outboxOf(person: Person): Locator {
  return person.page.getByRole("dialog", { name: "Outbox" });
}

test("[OUT2] [OUT6] what waits without a network is listed and can be discarded; what the server does not accept says why, and the rest arrives", async () => {
  const ada = await stage.newcomer("ada.fen", "Ada Fen", { address: proxy.url });
  const bo = await stage.newcomer("bo.moss", "Bo Moss");
  await signUp(stage.server.url, "cyn.reed");
  await bo.start(["Ada Fen", "cyn.reed"], "Climbers");
  await ada.open("Climbers");
  await ada.say("meet at the rock");
  await bo.articles.filter({ hasText: "meet at the rock" }).waitFor();
  await ada.start(["Bo Moss"]);
  await ada.say("now we two");
  await bo.listItem("now we two").waitFor();

  proxy.sever();
  // What is handed to a link that is about to end may have been sent.
  await ada.banner.waitFor();
  const passed = proxy.passed("up");
  await ada.say("first");
  await ada.say("second");
  await ada.articles.filter({ hasText: "second" }).getByText("Waiting for the network").waitFor();
  await ada.open("Climbers");
  await ada.editLast("meet at the wall");
  await bo.removeFromGroup("Ada Fen");
  expect(proxy.passed("up")).toBe(passed);

  await ada.page.getByRole("button", { name: "3 changes wait" }).click();
  const outbox = outboxOf(ada);
  const lines = outbox.getByRole("listitem");
  await lines.filter({ hasText: "Edit a message to: meet at the wall" }).waitFor();
  await lines.filter({ hasText: "Message: first" }).waitFor();
  await outbox.getByText("Waiting for the network.").first().waitFor();
  expect(await violations(ada.page)).toEqual([]);
  await outbox.getByRole("button", { name: "Discard. Message: second" }).click();
  await outbox.getByText("2 changes wait to be sent.").waitFor();
  expect(await lines.count()).toBe(2);

  proxy.heal();
  await outbox.getByRole("button", { name: "Try now" }).click();
  await outbox.getByText("1 change was not accepted.").first().waitFor();
  await lines.filter({ hasText: "Not accepted. You are not a member of this conversation." }).waitFor();
  await ada.page.keyboard.press("Escape");
  await outbox.waitFor({ state: "detached" });

  await bo.listItem("first").click();
  await bo.articles.filter({ hasText: "first" }).waitFor();
  expect(await bo.articles.filter({ hasText: "second" }).count()).toBe(0);

  // From the message, too: what failed is looked at and given up.
  await ada.articles.filter({ hasText: "meet at the rock" }).getByRole("button", { name: "Details" }).click();
  await outboxOf(ada).getByRole("button", { name: "Discard. Edit a message" }).click();
  await outboxOf(ada).getByText("Everything is sent.").waitFor();
  await ada.page.keyboard.press("Escape");
  await ada.page.getByText("not accepted").waitFor({ state: "detached" });
});

test("[OPN1] [INV4] [INV5] [SCH3] [THR6] without a network one answers in a thread, schedules a message, makes a link and joins by one; it outlives a reload, and takes effect later", async () => {
  const eda = await stage.newcomer("eda.fen", "Eda Fen", { address: proxy.url });
  const finn = await stage.newcomer("finn.moss", "Finn Moss");
  await signUp(stage.server.url, "dot.reed");
  const { page } = eda;
  await eda.start(["Finn Moss", "dot.reed"], "Rowers");
  await eda.say("who rows?");
  await finn.start(["dot.reed", "cyn.reed"], "Sailors");
  await finn.page.getByRole("button", { name: "Group info" }).click();
  await finn.page.getByRole("button", { name: "New link" }).click();
  await finn.page.getByRole("button", { name: "Make link" }).click();
  const link = await finn.page.getByRole("textbox", { name: "Address of Link" }).inputValue();
  await finn.page.getByText("Works once the server").waitFor({ state: "detached" });
  await finn.page.keyboard.press("Escape");
  await finn.open("Rowers");
  const root = finn.articles.filter({ hasText: "who rows?" });
  await root.waitFor();
  await shellReady(page);

  proxy.sever();
  await eda.banner.waitFor();
  const passed = proxy.passed("up");
  await eda.choose("who rows?", "Reply in thread");
  const thread = page.getByRole("region", { name: "Thread" });
  await thread.getByRole("textbox", { name: "Message", exact: true }).fill("both of us");
  await thread.getByRole("textbox", { name: "Message", exact: true }).press("Enter");
  await thread.getByRole("article").filter({ hasText: "both of us" }).waitFor();
  await page.keyboard.press("Escape");
  await thread.waitFor({ state: "detached" });
  await eda.composer.fill("up at dawn");
  await page.getByRole("button", { name: "Schedule message" }).click();
  await page
    .getByRole("dialog", { name: "Schedule message" })
    .getByRole("button", { name: /^Tomorrow/ })
    .click();
  await page.getByRole("button", { name: "Group info" }).click();
  await page.getByRole("button", { name: "New link" }).click();
  await page.getByRole("button", { name: "Make link" }).click();
  await page.getByText("Works once the server").waitFor();
  await page.keyboard.press("Escape");
  await page.goto(link.replace(stage.server.url, proxy.url));
  const dialog = page.getByRole("dialog", { name: "Join a group" });
  await dialog.getByRole("button", { name: "Join", exact: true }).click();
  await dialog.getByText("You will join when you are online again.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await page.reload();
  // The thread is begun, too.
  await page.getByRole("button", { name: "5 changes wait" }).waitFor();
  expect(proxy.passed("up")).toBe(passed);

  proxy.heal();
  await root.getByRole("button", { name: /Open thread.*1 reply/ }).waitFor();
  await eda.open("Sailors");
  await eda.log.getByText("You joined by Finn Moss’s link").waitFor();
  await eda.open("Rowers");
  await page.getByRole("button", { name: "1 scheduled message" }).waitFor();
  await page.getByRole("button", { name: "Group info" }).click();
  await page.getByRole("textbox", { name: "Address of Link" }).waitFor();
  await page.getByText("Works once the server").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /changes? waits?/ }).waitFor({ state: "detached" });
});
