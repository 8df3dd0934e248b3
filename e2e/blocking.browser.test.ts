import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
/** Nora is cut off now and then. */
const [nora, otto] = await stage.twoPeople("Nora", "Otto", { address: proxy.url });
const pia = await stage.newcomer("pia.reed", "Pia Reed");
const note = nora.page.getByText("You blocked Otto Moss.");
const question = nora.page.getByRole("dialog", { name: "Block Otto Moss?" });

function unblock({ page }: Person) {
  return page.getByRole("main").getByRole("button", { name: "Unblock", exact: true });
}

test("[BLK1] [BLK2] [BLK3] who is blocked from the menu of the conversation notices nothing, and what they write never arrives", async () => {
  await otto.say("before");
  await nora.articles.filter({ hasText: "before" }).waitFor();
  // By this Otto's side shows what the server has: Nora's shows at once what she does.
  const online = otto.page.getByText("Online", { exact: true }).first();
  await online.waitFor();
  await nora.page.getByRole("main").getByRole("button", { name: "More actions" }).click();
  await nora.page.getByRole("menuitem", { name: "Block…" }).click();
  await question.getByText("They are not told.").waitFor();
  expect(await violations(nora.page)).toEqual([]);
  await question.getByRole("button", { name: "Block", exact: true }).click();
  await note.waitFor();
  await nora.composer.waitFor({ state: "detached" });
  expect(await violations(nora.page)).toEqual([]);
  await online.waitFor({ state: "detached" });
  await otto.say("meanwhile");
  const sent = otto.articles.filter({ hasText: "meanwhile" });
  await sent.getByText("Sent", { exact: true }).waitFor();
  await pia.start(["Nora Fen"]);
  await pia.say("later than that");
  await nora.listItem("later than that").waitFor();
  expect(await nora.articles.filter({ hasText: "meanwhile" }).count()).toBe(0);
  await unblock(nora).click();
  await nora.composer.waitFor();
  await online.waitFor();
  await otto.say("after");
  await nora.articles.filter({ hasText: "after" }).waitFor();
  expect(await nora.articles.filter({ hasText: "meanwhile" }).count()).toBe(0);
});

test("[BLK4] [BLK5] in a group a message of a blocked person is folded, and shown when wanted, by keyboard too", async () => {
  await nora.start(["Otto Moss", "Pia Reed"], "Choir");
  await nora.page.getByRole("button", { name: "Group info" }).click();
  await nora.chooseForMember("Otto Moss", "Block…");
  await question.getByRole("button", { name: "Block", exact: true }).click();
  await nora.page
    .getByRole("dialog", { name: "Group info" })
    .getByText(/Blocked$/)
    .waitFor();
  await nora.page.keyboard.press("Escape");
  await pia.open("Choir");
  await otto.open("Choir");
  await pia.say("all together");
  await nora.articles.filter({ hasText: "all together" }).waitFor();
  await otto.say("a false note");
  for (const other of [pia, otto]) await other.articles.filter({ hasText: "a false note" }).waitFor();
  const folded = nora.articles.filter({ hasText: "Message from a blocked person" });
  await folded.waitFor();
  await nora.listItem("Choir").getByText("all together").waitFor();
  expect(await violations(nora.page)).toEqual([]);
  await folded.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await nora.articles.filter({ hasText: "a false note" }).waitFor();
});

test("[BLK1] [BLK7] without a network one is blocked no more in the settings, at once, and the list says who is", async () => {
  const settings = nora.page.getByRole("dialog", { name: "Settings" });
  const people = settings.getByRole("region", { name: "Blocked people" });
  await nora.listItem("Otto Moss").getByRole("link").click();
  await note.waitFor();
  proxy.sever();
  await nora.banner.waitFor();
  await nora.page.getByRole("button", { name: "Settings" }).click();
  await people.getByText("Otto Moss").waitFor();
  expect(await violations(nora.page)).toEqual([]);
  await people.getByRole("button", { name: "Unblock Otto Moss" }).click();
  await people.getByText("You block nobody.").waitFor();
  await nora.page.keyboard.press("Escape");
  await nora.composer.waitFor();
  proxy.heal();
  await nora.say("are you there?");
  await otto.open("Nora Fen");
  await otto.goToNewest("are you there?");
});
