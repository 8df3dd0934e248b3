import { expect, test } from "bun:test";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

test("a part of the app that cannot be fetched says so, and comes when it is tried again", async () => {
  // A service worker would have it.
  const context = await stage.browser.newContext({ serviceWorkers: "block" });
  await context.route("**/session-dialog-*.js", (route) => route.abort());
  const ada = await stage.newcomer("ada.fen", "Ada Fen", { browser: { newContext: async () => context } });
  const { page } = ada;
  await ada.newConversationButton.click();
  const failed = page.getByRole("dialog", { name: "This cannot be shown now" });
  await failed.waitFor();
  await context.unroute("**/session-dialog-*.js");
  await failed.getByRole("button", { name: "Retry" }).click();
  await page.getByRole("dialog", { name: "New conversation" }).waitFor();
  expect(await failed.count()).toBe(0);
});

test("a conversation whose code cannot be fetched says so, and comes when it is tried again", async () => {
  const context = await stage.browser.newContext({ serviceWorkers: "block" });
  await context.route("**/conversation-pane-*.js", (route) => route.abort());
  const ben = await stage.newcomer("ben.moss", "Ben Moss", { browser: { newContext: async () => context } });
  await ben.newConversationButton.click();
  const people = ben.page.getByRole("combobox", { name: "People" });
  await people.fill("Ada");
  await ben.page.getByRole("option").first().click();
  await ben.page.getByRole("button", { name: "Start", exact: true }).click();
  const failed = ben.page.getByRole("alert").getByRole("button", { name: "Try again" });
  await failed.waitFor();
  await context.unroute("**/conversation-pane-*.js");
  await failed.click();
  await ben.composer.waitFor();
});
