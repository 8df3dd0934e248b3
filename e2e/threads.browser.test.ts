import { expect, test } from "bun:test";
import { violations } from "./src/axe.ts";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

const thread = ({ page }: Person) => page.getByRole("region", { name: "Thread" });
const field = (person: Person) => thread(person).getByRole("textbox", { name: "Message", exact: true });
const place = ({ page }: Person) => page.getByRole("button", { name: /^Threads/ });

test("[MEN5] [THR3] whoever is mentioned in a thread is offered there, hears of it, follows it, and again after unfollowing", async () => {
  const [wim, xia] = await stage.twoPeople("Wim", "Xia");
  await stage.newcomer("yao.reed", "Yao Reed");
  await wim.start(["Xia Moss", "Yao Reed"], "Harbour");
  await wim.say("Who brings the boat?");
  await xia.listItem("Harbour").getByText("Who brings the boat?").waitFor();
  await wim.choose("Who brings the boat?", "Reply in thread");
  // Nobody has begun it: all the same all of the group are offered.
  await field(wim).pressSequentially("ask @xi");
  await wim.page.getByRole("option", { name: /Xia Moss/ }).waitFor();
  await wim.page.keyboard.press("Enter");
  expect(await field(wim).inputValue()).toMatch(/^ask @xia\.moss $/i);
  await wim.page.keyboard.press("Enter");
  await thread(wim).getByRole("article").filter({ hasText: "ask @Xia Moss" }).waitFor();
  await xia.listItem("Harbour").getByText("1 mentions you").waitFor({ state: "attached" });
  await place(xia).getByText("1 unread message in threads").waitFor();
  expect(await violations(xia.page)).toEqual([]);
  await xia.page.getByRole("button", { name: /^Mentions/ }).click();
  const listed = xia.page.getByRole("dialog", { name: "Mentions" });
  await listed.getByRole("listitem").filter({ hasText: "ask @Xia Moss" }).getByRole("button").click();
  await thread(xia).getByRole("article").filter({ hasText: "ask @Xia Moss" }).waitFor();
  await xia.listItem("Harbour").getByText("1 mentions you").waitFor({ state: "detached" });
  await thread(xia).getByRole("button", { name: "Unfollow" }).click();
  await thread(xia).getByRole("button", { name: "Follow", exact: true }).waitFor();
  await xia.page.keyboard.press("Escape");
  await thread(xia).waitFor({ state: "detached" });
  await xia.open("Wim Fen");
  // Nobody else sees who follows; by this the server has what she did before it.
  await xia.say("off for now");
  await wim.listItem("off for now").waitFor();
  await field(wim).fill("please, @xia.moss");
  await field(wim).press("Enter");
  await xia.listItem("Harbour").getByText("1 mentions you").waitFor({ state: "attached" });
  await place(xia).click();
  const followed = xia.page.getByRole("dialog", { name: "Threads" });
  const line = followed.getByRole("listitem").filter({ hasText: "please, @Xia Moss" });
  await line.getByText("1 mentions you").waitFor({ state: "attached" });
  await line.getByRole("button").click();
  await thread(xia).getByRole("button", { name: "Unfollow" }).waitFor();
});

test("[SAV1] a message of a thread is saved from its menu, and found where it is", async () => {
  const [zoe, abe] = await stage.twoPeople("Zoe", "Abe");
  await zoe.choose("hello there", "Reply in thread");
  await field(zoe).fill("worth keeping");
  await field(zoe).press("Enter");
  await abe.articles
    .filter({ hasText: "hello there" })
    .getByRole("button", { name: /Open thread/ })
    .click();
  const kept = thread(abe).getByRole("article").filter({ hasText: "worth keeping" });
  await kept.hover();
  await kept.getByRole("button", { name: "Message actions" }).click();
  await abe.page.getByRole("menuitem", { name: "Save", exact: true }).click();
  await thread(abe).getByRole("button", { name: "Close thread" }).click();
  await thread(abe).waitFor({ state: "detached" });
  await abe.page.getByRole("button", { name: /^Saved messages/ }).click();
  await abe.page.getByRole("dialog", { name: "Saved messages" }).getByRole("button", { name: "worth keeping" }).click();
  await thread(abe).getByRole("article").filter({ hasText: "worth keeping" }).waitFor();
});

test("[HST6] a reply in a thread that one follows is told of where nobody looks, and a click opens it there", async () => {
  const [cara, dirk] = await stage.twoPeople("Cara", "Dirk");
  await cara.context.addInitScript(fakeNotifications);
  await cara.page.reload();
  await cara.articles.filter({ hasText: "hello there" }).waitFor();
  // Tests' pages believe that all of them have the focus.
  await cara.page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event("blur"));
  });
  await dirk.choose("hello there", "Reply in thread");
  await field(dirk).fill("while you are away");
  await field(dirk).press("Enter");
  const told = () => cara.page.evaluate(() => Reflect.get(globalThis, "told") as string[]);
  await expectSoon(async () => expect(await told()).toHaveLength(1));
  expect((await told())[0]).toMatch(/^Thread in Dirk Moss: .*Dirk Moss.*: while you are away$/);
  await cara.page.evaluate(() => Reflect.get(globalThis, "click")());
  await thread(cara).getByRole("article").filter({ hasText: "while you are away" }).waitFor();
  expect(new URL(cara.page.url()).hash).toMatch(/^#\/c\/[0-9a-f-]{36}$/);
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
