import { expect, test } from "bun:test";
import type { Locator } from "playwright-core";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
const [rhea, remo] = await stage.twoPeople("Rhea", "Remo");
const tab = await rhea.anotherTab();
/** Of Rhea's, too. What it shows the server has; her tabs show at once what is done in one of them. */
const phone = await rhea.onAnotherDevice(stage.browser);

const place = ({ page }: Person) => page.getByRole("button", { name: /^Reminders \(/ });
const list = ({ page }: Person) => page.getByRole("dialog", { name: "Reminders" });
const messageOf = (person: Person, text: string) => person.articles.filter({ hasText: text });

interface Place {
  readonly conversation: string | undefined;
  readonly message: string | null;
}

/** Where a message is that is on the screen. */
async function placeOf({ page }: Person, message: Locator): Promise<Place> {
  const { hash } = new URL(page.url());
  return { conversation: hash.split("/").at(-1), message: await message.getAttribute("data-key") };
}

/** As by a device whose clock is far behind: the time has passed already. */
async function remindNow({ page, context }: Person, of: Place): Promise<void> {
  const { origin } = new URL(page.url());
  const [log, id] = [await rhea.account(), await page.evaluate(() => crypto.randomUUID())];
  // Of version 7, as devices make them.
  const command = {
    id: `${id.slice(0, 14)}7${id.slice(15)}`,
    log,
    sentAt: Date.now(),
    setReminder: { ...of, at: 1 },
  };
  const answer = await context.request.post(`${origin}/parley.v1.ConversationService/Execute`, {
    headers: { Origin: origin },
    data: { command },
  });
  expect(await answer.text()).toContain("accepted");
}

test("[REM1] [REM3] a reminder that is set from a message's menu is due once, in every tab, and listed until it is done", async () => {
  await remo.say("the report");
  await messageOf(rhea, "the report").waitFor();
  await rhea.choose("the report", "Remind me…");
  await rhea.page
    .getByRole("dialog", { name: "Remind me" })
    .getByRole("button", { name: /^In an hour/ })
    .click();
  const message = messageOf(rhea, "the report");
  await message.getByText(/^Reminder set for/).waitFor({ state: "attached" });
  for (const each of [rhea, tab, phone]) await place(each).waitFor();
  await remindNow(rhea, await placeOf(rhea, message));
  for (const { page } of [rhea, tab]) {
    const notice = page.locator("[popover]").getByText("Reminder. Remo Moss: the report");
    await notice.waitFor();
    expect(await notice.count()).toBe(1);
    await page.getByRole("button", { name: "Reminders (1) 1 reminder is due" }).waitFor();
  }
  const offered = ({ page }: Person, name: string) => page.locator("[popover]").getByRole("button", { name });
  await offered(rhea, "Open").press("Enter");
  await expectSoon(async () => {
    expect(await message.evaluate((article) => article.contains(document.activeElement))).toBe(true);
  });
  await offered(tab, "Later").press("Enter");
  await tab.page.getByRole("dialog", { name: "Remind me" }).waitFor();
  await tab.page.keyboard.press("Escape");
  await message.getByText("Reminder due").waitFor({ state: "attached" });
  await place(tab).click();
  const due = list(tab).getByRole("list", { name: "Due" });
  await due.getByRole("button", { name: /the report/ }).click();
  await list(tab).waitFor({ state: "detached" });
  await messageOf(tab, "the report").waitFor();
  await place(tab).click();
  await due.getByRole("button", { name: "Change time" }).click();
  const later = await tab.page.evaluate(() => `${new Date().getFullYear()}-12-31T23:58`);
  await list(tab).getByLabel("Remind me at").fill(later);
  await list(tab).getByRole("button", { name: "Set reminder" }).click();
  const upcoming = list(tab).getByRole("list", { name: "Upcoming" });
  await upcoming.getByRole("button", { name: "Remove" }).waitFor();
  await rhea.page.getByRole("button", { name: "Reminders (1)", exact: true }).waitFor();
  await upcoming.getByRole("button", { name: "Remove" }).click();
  await list(tab).getByText("No reminder is set").waitFor();
  await tab.page.keyboard.press("Escape");
  for (const each of [rhea, tab, phone]) await place(each).waitFor({ state: "detached" });
  expect(await message.getByText(/^Reminder/).count()).toBe(0);
});

test("[REM4] a reminder of a message that its author deletes ends, and says so", async () => {
  await remo.say("never mind");
  await messageOf(rhea, "never mind").waitFor();
  await rhea.choose("never mind", "Remind me…");
  await rhea.page.getByRole("button", { name: /^Tomorrow/ }).click();
  await place(phone).waitFor();
  await messageOf(remo, "never mind")
    .getByText(/^(Delivered|Read)/)
    .waitFor({ state: "attached" });
  await remo.choose("never mind", "Delete");
  await remo.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
  await tab.page.locator("[popover]").getByText("1 reminder ended: the message was deleted").waitFor();
  for (const each of [rhea, tab]) await place(each).waitFor({ state: "detached" });
});

test("[REM3] what is written in a thread is reminded of, too, and gone to from the list", async () => {
  await rhea.say("shall we?");
  await messageOf(rhea, "shall we?")
    .getByText(/^(Sent|Delivered|Read)/)
    .waitFor({ state: "attached" });
  await rhea.choose("shall we?", "Reply in thread");
  const thread = (person: Person) => person.page.getByRole("region", { name: "Thread" });
  await thread(rhea).getByRole("textbox", { name: "Message" }).fill("on Friday");
  await thread(rhea).getByRole("textbox", { name: "Message" }).press("Enter");
  const reply = thread(rhea).getByRole("article").filter({ hasText: "on Friday" });
  await reply.getByText(/^(Sent|Delivered|Read)/).waitFor({ state: "attached" });
  await reply.hover();
  await reply.getByRole("button", { name: "Message actions" }).click();
  await rhea.page.getByRole("menuitem", { name: "Remind me…" }).click();
  await rhea.page.getByRole("button", { name: /^In 3 hours/ }).click();
  await place(tab).click();
  await list(tab)
    .getByRole("button", { name: /on Friday/ })
    .click();
  await expectSoon(async () => {
    expect(await thread(tab).getByRole("article").filter({ hasText: "on Friday" }).count()).toBe(1);
  });
});

test("[REM3] the notice of a reminder leads to its message with the focus, from another conversation and from none", async () => {
  await stage.newcomer("rita.reed", "Rita Reed");
  await rhea.page.getByRole("button", { name: "Close thread" }).click();
  await remo.say("from long ago");
  const message = messageOf(rhea, "from long ago");
  await message.waitFor();
  const there = await placeOf(rhea, message);
  // More than a page of what is read and of what is not: the message is not there when the conversation opens, which would begin elsewhere.
  await remo.sayAll(Array.from({ length: 120 }, (_, index) => `read ${index + 1}.`));
  await rhea.goToNewest("read 120.");
  await rhea.start(["Remo Moss", "Rita Reed"], "Elsewhere");
  await tab.page.goto(new URL("/", rhea.page.url()).href);
  await tab.newConversationButton.waitFor();
  await remo.sayAll(Array.from({ length: 120 }, (_, index) => `unread ${index + 1}.`));
  await rhea.listItem("unread 120.").waitFor();
  await remindNow(rhea, there);
  for (const each of [rhea, tab]) {
    const notice = each.page.locator("[popover]").filter({ hasText: "from long ago" });
    await notice.getByRole("button", { name: "Open" }).press("Enter");
    const found = messageOf(each, "from long ago");
    await expectSoon(async () => {
      expect(await found.evaluate((article) => article.contains(document.activeElement))).toBe(true);
    });
  }
});

test("[HST6] a reminder that is due while nobody looks at any tab is told by one notification, which leads to its message", async () => {
  const other = await rhea.anotherTab();
  const tabs = [rhea, other];
  for (const { page } of tabs) {
    await page.addInitScript(fakeNotifications);
    await page.reload();
    await page.getByRole("button", { name: "New conversation" }).waitFor();
  }
  await tab.page.close();
  await rhea.open("Remo Moss");
  await rhea.say("to be told");
  const message = messageOf(rhea, "to be told");
  await message.getByText(/^(Sent|Delivered|Read)/).waitFor({ state: "attached" });
  const there = await placeOf(rhea, message);
  await rhea.open("Elsewhere");
  // Tests' pages believe that all of them have the focus.
  for (const { page } of tabs) {
    await page.evaluate(() => {
      document.hasFocus = () => false;
      window.dispatchEvent(new Event("blur"));
    });
  }
  await remindNow(rhea, there);
  const told = () =>
    Promise.all(tabs.map(({ page }) => page.evaluate(() => Reflect.get(globalThis, "told") as string[])));
  await expectSoon(async () => expect((await told()).flat()).toEqual(["Parley: Reminder. Rhea Fen: to be told"]));
  const teller = (await told())[0]?.length === 1 ? rhea : other;
  await teller.page.evaluate(() => Reflect.get(globalThis, "click")());
  await expectSoon(async () => {
    const focused = await messageOf(teller, "to be told").evaluate((article) =>
      article.contains(document.activeElement),
    );
    expect(focused).toBe(true);
  });
});

/** Switched on, and kept instead of shown. In each page, before the app runs. */
function fakeNotifications(): void {
  const told: string[] = [];
  let last: { onclick?: () => void } | undefined;
  class Kept {
    static readonly permission = "granted";
    onclick?: () => void;
    constructor(title: string, { body }: NotificationOptions) {
      told.push(`${title}: ${body}`);
      last = this;
    }
    close(): void {}
  }
  localStorage.setItem("parley.notifications", "on");
  Object.assign(globalThis, { told, Notification: Kept, click: () => last?.onclick?.() });
}
