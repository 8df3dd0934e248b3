import { expect, test } from "bun:test";
import type { Locator } from "playwright-core";
import { violations } from "./src/axe.ts";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
/** Nora at her desk and on her phone, and Otto. */
const [desk, otto] = await stage.twoPeople("Nora", "Otto");
const phone = await desk.onAnotherDevice(stage.browser);

/** Waits until a composer says this. */
async function composes(person: Person, text: string): Promise<void> {
  await person.page.waitForFunction(
    ([name, wanted]) => {
      const field = document.querySelector(`textarea[aria-label="${name}"]`);
      return field instanceof HTMLTextAreaElement && field.value === wanted;
    },
    ["Message", text] as const,
  );
}

async function leave(person: Person): Promise<void> {
  await person.page.goto(`${new URL("/", person.page.url()).href}#/`);
}

test("[DRF1] a draft appears in the list and in the composer of one's other device, and on nobody else's", async () => {
  await desk.composer.fill("Shall we take the ferry");
  await phone.listItem("Otto Moss").filter({ hasText: "Draft: Shall we take the ferry" }).waitFor();
  await phone.open("Otto Moss");
  await composes(phone, "Shall we take the ferry");
  expect(await otto.composer.inputValue()).toBe("");
  await desk.composer.press("End");
  await desk.page.keyboard.type(" at nine?");
  await composes(phone, "Shall we take the ferry at nine?");
});

test("[DRF8] a draft survives a reload, and a page that is gone before it was stored", async () => {
  await desk.page.reload();
  await composes(desk, "Shall we take the ferry at nine?");
  await desk.composer.press("End");
  // Typed and gone in the same moment.
  await desk.page.keyboard.type(" Or ten");
  await desk.page.reload();
  await composes(desk, "Shall we take the ferry at nine? Or ten");
  await composes(phone, "Shall we take the ferry at nine? Or ten");
});

test("[DRF4] posting a draft on one device empties it on the other, and it does not come back", async () => {
  await phone.composer.focus();
  await phone.composer.press("Enter");
  await otto.articles.filter({ hasText: "Or ten" }).waitFor();
  await composes(desk, "");
  for (const device of [desk, phone]) {
    await device.page.reload();
    await device.articles.filter({ hasText: "Or ten" }).waitFor();
  }
  // A composer is empty, too, before its draft is read.
  await otto.say("at nine then");
  for (const device of [desk, phone]) {
    await device.articles.filter({ hasText: "at nine then" }).waitFor();
    await composes(device, "");
    expect(await device.listItem("Otto Moss").filter({ hasText: "Draft:" }).count()).toBe(0);
  }
});

test("[DRF2] [DRF7] what is typed on both devices stays: nothing is replaced under the hands, both texts are there in the end", async () => {
  await Promise.all([desk.composer.fill("from the desk"), phone.composer.fill("from the phone")]);
  // Somebody types on: it is theirs.
  await desk.page.keyboard.type(" still");
  expect(await desk.composer.inputValue()).toBe("from the desk still");
  await Promise.all([desk, phone].map((device) => leave(device)));
  for (const device of [desk, phone]) {
    await device.open("Otto Moss");
    await device.page.waitForFunction(() => {
      const field = document.querySelector('textarea[aria-label="Message"]');
      const text = field instanceof HTMLTextAreaElement ? field.value : "";
      return text.split("\n").sort().join("|") === "from the desk still|from the phone";
    });
  }
  await expectSoon(async () => {
    const texts = await Promise.all([desk, phone].map((device) => device.composer.inputValue()));
    expect(new Set(texts).size).toBe(1);
  });
});

/** Puts an element into another one, as translators and extensions do with pages: whoever wants to take it away does not find it where it was. */
async function meddleWith(locator: Locator): Promise<void> {
  await locator.evaluate((element) => {
    const other = document.createElement("font");
    element.replaceWith(other);
    other.append(element);
  });
}

test("[DRF8] where a conversation cannot be drawn, that is said in its place, the list goes on, and the draft is there when it is tried again", async () => {
  await desk.composer.fill("half a thought");
  await desk.composer.press("Enter");
  await otto.choose("half a thought", "React with 👍");
  const reaction = desk.articles.filter({ hasText: "half a thought" }).getByRole("button", { name: /👍/ });
  await meddleWith(reaction.locator(".."));
  await desk.composer.fill("and the other half");
  await otto.choose("half a thought", "Remove 👍");
  const alert = desk.page.getByRole("main").getByRole("alert");
  await alert.getByRole("heading", { name: "Parley cannot show this conversation" }).waitFor();
  await alert.getByText("What happened").click();
  await alert.getByText("NotFoundError").waitFor();
  expect(await violations(desk.page)).toEqual([]);
  await otto.say("are you there?");
  await desk.listItem("are you there?").waitFor();
  await alert.getByRole("button", { name: "Try again" }).click();
  await desk.articles.filter({ hasText: "are you there?" }).waitFor();
  await composes(desk, "and the other half");
});

test("[DRF8] [OUT1] where nothing can be drawn, that is said, and after a reload draft and outbox are there", async () => {
  await desk.page.getByRole("button", { name: "Settings" }).click();
  const settings = desk.page.getByRole("dialog", { name: "Settings" });
  await meddleWith(settings);
  await stage.server.kill();
  await desk.say("into the dark");
  await desk.articles.filter({ hasText: "into the dark" }).waitFor();
  await desk.composer.fill("one more thing");
  await settings.getByRole("button", { name: "Close" }).click();
  await desk.page.getByRole("heading", { name: "Parley cannot show this page" }).waitFor();
  expect(await violations(desk.page)).toEqual([]);
  await stage.startServerAgain();
  await desk.page.getByRole("button", { name: "Reload" }).click();
  await composes(desk, "one more thing");
  await otto.articles.filter({ hasText: "into the dark" }).waitFor();
  expect(await otto.articles.filter({ hasText: "into the dark" }).count()).toBe(1);
});
