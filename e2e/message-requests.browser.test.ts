import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import { violations } from "./src/axe.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ environment: { PARLEY_MESSAGE_REQUESTS: "on" }, peopleStay: true });
const proxy = await stage.between(CuttingProxy.open);
const ona = await stage.newcomer("ona.wren", "Ona Wren");
/** Pim is cut off now and then. */
const pim = await stage.newcomer("pim.heron", "Pim Heron", { address: proxy.url });

function requests({ page }: Person, count: number) {
  return page.getByRole("button", { name: `Message requests (${count})`, exact: true });
}

function note({ page }: Person) {
  return page.getByRole("region", { name: "Message request", exact: true });
}

test("[REQ1] [REQ2] [REQ3] [REQ5] what a stranger writes waits apart, is read without their knowing, and is one message", async () => {
  await ona.start(["Pim Heron"]);
  await note(ona).getByText("They get one message of yours").waitFor();
  await ona.say("we met at the fair");
  await requests(pim, 1).waitFor();
  expect(await pim.listItem("Ona Wren").count()).toBe(0);
  expect(await violations(pim.page)).toEqual([]);
  await requests(pim, 1).press("Enter");
  await pim.listItem("Ona Wren").getByText("Message request", { exact: true }).waitFor();
  expect(await pim.listItem("Ona Wren").getByText("fair").count()).toBe(0);
  await pim.listItem("Ona Wren").getByRole("link").click();
  await pim.articles.filter({ hasText: "we met at the fair" }).waitFor();
  await note(pim).getByText("would like to write to you").waitFor();
  expect(await violations(pim.page)).toEqual([]);
  const first = ona.articles.filter({ hasText: "we met at the fair" });
  await first.getByText("Sent", { exact: true }).waitFor();
  await ona.composer.fill("do you remember?");
  await ona.composer.press("Enter");
  const second = ona.articles.filter({ hasText: "do you remember?" });
  await second.getByRole("button", { name: "Retry" }).waitFor();
  expect(await first.getByText("Sent", { exact: true }).count()).toBe(1);
  expect(await ona.page.getByText("Online", { exact: true }).count()).toBe(0);
});

test("[REQ4] [REQ5] without a network one declines, and accepts after all; then both are told of each other", async () => {
  proxy.sever();
  await pim.banner.waitFor();
  await note(pim).getByRole("button", { name: "Decline" }).click();
  await pim.composer.waitFor({ state: "detached" });
  await requests(pim, 1).waitFor({ state: "detached" });
  expect(await pim.listItem("Ona Wren").count()).toBe(0);
  proxy.heal();
  await pim.banner.waitFor({ state: "detached" });
  await pim.start(["Ona Wren"]);
  await note(pim).getByText("You declined").waitFor();
  await note(pim).getByRole("button", { name: "Accept", exact: true }).click();
  await note(pim).waitFor({ state: "detached" });
  await pim.listItem("Ona Wren").getByText("we met at the fair").waitFor();
  await ona.articles.filter({ hasText: "we met at the fair" }).getByText("Read", { exact: true }).waitFor();
  await note(ona).waitFor({ state: "detached" });
  await ona.page.getByText("Online", { exact: true }).first().waitFor();
  await ona.articles.filter({ hasText: "do you remember?" }).getByRole("button", { name: "Retry" }).click();
  await pim.articles.filter({ hasText: "do you remember?" }).waitFor();
});

test("[REQ4] an answer accepts a request", async () => {
  const quin = await stage.newcomer("quin.swift", "Quin Swift");
  await quin.start(["Ona Wren"]);
  await quin.say("a question");
  await requests(ona, 1).click();
  await ona.listItem("Quin Swift").getByRole("link").click();
  await ona.articles.filter({ hasText: "a question" }).waitFor();
  await ona.say("an answer");
  await note(ona).waitFor({ state: "detached" });
  await quin.articles.filter({ hasText: "an answer" }).waitFor();
  await note(quin).waitFor({ state: "detached" });
  await quin.say("one more");
  await ona.articles.filter({ hasText: "one more" }).waitFor();
});

test("[REQ6] [REQ7] who adds strangers to a group is told once, in the tab that they look at, and makes a link; who was accepted is added", async () => {
  const rue = await stage.newcomer("rue.finch", "Rue Finch");
  const sol = await stage.newcomer("sol.crane", "Sol Crane");
  await rue.newConversationButton.click();
  const start = rue.page.getByRole("dialog");
  for (const name of ["Sol Crane", "Pim Heron"]) {
    await start.getByRole("combobox", { name: "People" }).fill(name);
    await rue.page.getByRole("option", { name }).first().click();
  }
  await start.getByRole("textbox", { name: "Group name" }).fill("Rookery");
  await start.getByRole("button", { name: "Start" }).click();
  const notice = rue.page.locator("[popover]").getByText(/^(Sol Crane and Pim Heron|Pim Heron and Sol Crane) were not/);
  await notice.getByText("not added. Send them an invitation link instead.").waitFor();
  expect(await notice.count()).toBe(1);
  await rue.page.locator("[popover]").getByRole("button", { name: "Invite by link", exact: true }).click();
  const info = rue.page.getByRole("dialog", { name: "Group info" });
  await info.getByRole("textbox", { name: "Label" }).waitFor();
  expect(await info.getByRole("textbox", { name: "Label" }).evaluate((field) => field === document.activeElement)).toBe(
    true,
  );
  expect(await violations(rue.page)).toEqual([]);
  await info.getByRole("button", { name: "Make link" }).click();
  await info.getByRole("textbox", { name: /^Address of/ }).waitFor();
  await rue.page.keyboard.press("Escape");
  expect(await sol.listItem("Rookery").count()).toBe(0);
  await rue.page.reload();
  await rue.listItem("Rookery").waitFor();
  expect(await rue.page.getByText("not added").count()).toBe(0);

  await rue.start(["Sol Crane"]);
  await rue.say("come and see us");
  await requests(sol, 1).click();
  await sol.listItem("Rue Finch").getByRole("link").click();
  await note(sol).getByRole("button", { name: "Accept", exact: true }).click();
  await note(rue).waitFor({ state: "detached" });
  await rue.open("Rookery");
  await rue.page.getByRole("button", { name: "Group info" }).click();
  await info.getByRole("button", { name: "Add people" }).click();
  await info.getByRole("combobox", { name: "People" }).fill("Sol Crane");
  await rue.page.getByRole("option", { name: "Sol Crane" }).first().click();
  await info.getByRole("button", { name: "Add", exact: true }).click();
  await sol.listItem("Rookery").waitFor();
  await sol.open("Rookery");
  await sol.say("here I am");
  await rue.articles.filter({ hasText: "here I am" }).waitFor();
  expect(await rue.page.getByText("not added").count()).toBe(0);
});
