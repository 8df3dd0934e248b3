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
