import { expect, test } from "bun:test";
import { signUp } from "@parley/rig";
import { expectSoon } from "./src/expect-soon.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();
await signUp(stage.server.url, "jon.moss");
const ida = await stage.newcomer("ida.fen", "Ida Fen");

/** What the settings say of the storage. */
async function settingsText(): Promise<string> {
  await ida.page.getByRole("button", { name: "Settings" }).click();
  const text = ida.page.getByRole("dialog").getByText("MB are used.");
  await text.waitFor();
  const said = (await text.textContent()) ?? "";
  await ida.page.keyboard.press("Escape");
  return said;
}

test("the browser is asked to keep what is stored once there is something to keep, not before, and the settings say what it does", async () => {
  await ida.context.addInitScript(() => {
    const { storage } = navigator;
    const persist = storage.persist.bind(storage);
    storage.persist = () => {
      const asked = Number(sessionStorage.getItem("asked") ?? 0);
      sessionStorage.setItem("asked", String(asked + 1));
      return persist();
    };
  });
  await ida.page.reload();
  await ida.newConversationButton.waitFor();
  const asked = () => ida.page.evaluate(() => sessionStorage.getItem("asked"));
  expect(await settingsText()).toContain("may remove them");
  expect(await asked()).toBe(null);
  await ida.start(["jon.moss"]);
  await ida.say("something worth keeping");
  await ida.say("and something more");
  await expectSoon(async () => expect(await asked()).toBe("1"));
  const kept = await ida.page.evaluate(() => navigator.storage.persisted());
  expect(await settingsText()).toContain(kept ? "Kept until you sign out." : "may remove them");
});
