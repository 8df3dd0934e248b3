import { describe, expect, test } from "bun:test";
import { expectSoon } from "./src/expect-soon.ts";
import { Person } from "./src/person.ts";
import { sharedWorkersOf } from "./src/shared-workers.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

describe("three people in three browsers", () => {
  test("[GRP3] chat in a group: what the others write, who got which role, what it is about; who is removed sees no more", async () => {
    const [gwen, hugo, iris] = await Promise.all(
      ["Gwen", "Hugo", "Iris"].map((name) => stage.newcomer(name.toLowerCase(), `${name} Moss`, { form: true })),
    );
    if (gwen === undefined || hugo === undefined || iris === undefined) throw new Error("unreachable");
    await gwen.start(["Hugo Moss", "Iris Moss"], "Night ferry");
    await gwen.say("all aboard");
    for (const person of [hugo, iris]) {
      await person.open("Night ferry");
      await person.articles.filter({ hasText: "all aboard" }).waitFor();
    }
    await hugo.say("here I am");
    await Promise.all([gwen, iris].map((one) => one.articles.filter({ hasText: "here I am" }).waitFor()));
    const info = (person: Person) => person.page.getByRole("button", { name: "Group info" }).click();
    await info(gwen);
    await gwen.page.getByRole("button", { name: "Actions for Hugo Moss" }).focus();
    for (const key of ["Enter", "ArrowDown", "Enter"]) await gwen.page.keyboard.press(key);
    await gwen.page.getByRole("dialog", { name: "Group info" }).getByText("Admin", { exact: true }).waitFor();
    await hugo.log.getByText("Gwen Moss made you an admin").waitFor();
    await info(hugo);
    await hugo.page.getByRole("button", { name: "Add a description" }).click();
    await hugo.page.getByRole("textbox", { name: "Description" }).fill("Where the night ferry sings.");
    await hugo.page.getByRole("button", { name: "Save description" }).click();
    await gwen.page.getByRole("region", { name: "Description" }).getByText("Where the night ferry sings.").waitFor();
    await hugo.page.getByRole("button", { name: "Actions for Gwen Moss" }).click();
    expect(await hugo.page.getByRole("menuitem").allTextContents()).toEqual(["Block…"]);
    await hugo.page.keyboard.press("Escape");
    expect(await gwen.page.getByRole("button", { name: "Your role" }).count()).toBe(0);
    await gwen.chooseForMember("Hugo Moss", "Make owner");
    await gwen.page.getByRole("dialog", { name: "Make Hugo Moss an owner?" }).getByText("Make owner").click();
    await gwen.page.getByRole("button", { name: "Your role" }).click();
    await gwen.page.getByRole("menuitem", { name: "Step down to ordinary member" }).click();
    await gwen.page.getByRole("dialog", { name: "Step down?" }).getByRole("button", { name: "Step down" }).click();
    await hugo.log.getByText("Gwen Moss stepped down and is an ordinary member now").waitFor();
    for (const { page } of [gwen, hugo]) await page.keyboard.press("Escape");
    await hugo.removeFromGroup("Iris Moss");
    await iris.log.getByText("Hugo Moss removed").waitFor();
    await gwen.say("without Iris");
    await hugo.articles.filter({ hasText: "without Iris" }).waitFor();
    await hugo.start(["Iris Moss"]);
    await hugo.say("what a pity");
    await iris.listItem("what a pity").waitFor();
    expect(await iris.articles.filter({ hasText: "without Iris" }).count()).toBe(0);
  });
});

describe("a link to a group", () => {
  test("[INV1] [INV2] [INV5] is made, opened by somebody who signs up first, joined by as often as it may be, and revoked", async () => {
    const kay = await stage.newcomer("kay", "Kay Moss");
    await kay.start(["Gwen Moss", "Hugo Moss"], "Choir");
    await kay.page.getByRole("button", { name: "Group info" }).click();
    const make = async (label: string, most: string) => {
      await kay.page.getByRole("button", { name: "New link" }).click();
      await kay.page.getByRole("textbox", { name: "Label" }).fill(label);
      await kay.page.getByRole("textbox", { name: "How many people can join" }).fill(most);
      await kay.page.getByRole("button", { name: "Make link" }).click();
      return kay.page.getByRole("textbox", { name: `Address of ${label}` }).inputValue();
    };
    const [once, open] = [await make("Once", "1"), await make("Poster", "")];
    const item = (label: string) => kay.page.getByRole("listitem").filter({ hasText: label });
    await item("Poster").getByText("Works once the server").waitFor({ state: "detached" });
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(once);
    await page.getByRole("textbox", { name: "User name" }).waitFor();
    expect(page.url()).not.toContain(once.split("#")[1] ?? "");
    await page.reload();
    await Person.signUpIn(page, "lou", "Lou Moss");
    const dialog = page.getByRole("dialog", { name: "Join a group" });
    await dialog.getByText("Kay Moss invites you to join this group.").waitFor();
    await dialog.getByText("3 members").waitFor();
    await dialog.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("log", { name: "Messages" }).getByText("You joined by Kay Moss’s link").waitFor();
    await item("Once").getByText("Used up").waitFor();
    await kay.log.getByText("Lou Moss joined by your link").waitFor();
    await page.goto(once);
    await dialog.getByText("You are a member of this group.").waitFor();
    const mia = await stage.newcomer("mia", "Mia Moss");
    const found = mia.page.getByRole("dialog", { name: "Join a group" });
    await mia.page.goto(once);
    await found.getByText("This link has been used as often as it may be.").waitFor();
    await item("Poster").getByRole("button", { name: "Revoke Poster" }).click();
    await kay.page.getByRole("dialog", { name: "Revoke “Poster”?" }).getByRole("button", { name: "Revoke" }).click();
    await item("Poster").getByText("Revoked", { exact: true }).waitFor();
    await item("Poster").getByRole("textbox").waitFor({ state: "detached" });
    await mia.page.goto(open);
    await found.getByText("This link was revoked.").waitFor();
    await mia.page.goto(`${open.slice(0, -1)}`);
    await found.getByText("This is not a whole link.").waitFor();
  });
});

test("[INV6] somebody asks to join by a link, takes it back, asks again and is let in", async () => {
  const [nils, ovid] = [await stage.newcomer("nils", "Nils Moss"), await stage.newcomer("ovid", "Ovid Moss")];
  await nils.start(["Gwen Moss", "Hugo Moss"], "Chess");
  await nils.page.getByRole("button", { name: "Group info" }).click();
  await nils.page.getByRole("button", { name: "New link" }).click();
  await nils.page.getByRole("switch", { name: "Ask me first" }).click();
  await nils.page.getByRole("button", { name: "Make link" }).click();
  const link = await nils.page.getByRole("textbox", { name: "Address of Link" }).inputValue();
  await nils.page.getByText("Works once the server").waitFor({ state: "detached" });
  const waiting = nils.page.getByRole("region", { name: "1 person asks to join" });
  const dialog = ovid.page.getByRole("dialog", { name: "Join a group" });
  const ask = async () => {
    await ovid.page.goto(link);
    await dialog.getByRole("button", { name: "Ask to join" }).click();
    await dialog.getByText("Your request is waiting.").waitFor();
    await waiting.getByText("Ovid Moss").waitFor();
  };
  await ask();
  await ovid.page.reload();
  await dialog.getByText("Your request is waiting.").waitFor();
  await dialog.getByRole("button", { name: "Take back" }).click();
  await waiting.waitFor({ state: "detached" });
  await ask();
  await waiting.getByRole("button", { name: "Let Ovid Moss in" }).click();
  await waiting.waitFor({ state: "detached" });
  await nils.log.getByText("You let Ovid Moss in").waitFor();
  await ovid.listItem("Chess").waitFor();
});

describe("two people in two browsers", () => {
  test("see each other's messages, and the sender sees that they were read", async () => {
    const [anna, ben] = await stage.twoPeople("Anna", "Ben");
    await ben.say("hello yourself");
    await anna.articles.filter({ hasText: "hello yourself" }).waitFor();
    await ben.page.bringToFront();
    const status = anna.articles.filter({ hasText: "hello there" }).getByText(/^Read/);
    await status.waitFor({ timeout: 10_000 });
    await ben.composer.pressSequentially("typing…");
    await anna.page
      .getByText(/Ben Moss is typing/)
      .first()
      .waitFor();
  });

  test("[RPL1] [RPL2] [RPL4] answer messages: quoted as they are now, gone to in one step, kept with the draft over a reload", async () => {
    const [nora, otto] = await stage.twoPeople("Nora", "Otto");
    await nora.say("Tea at five?");
    await otto.choose("Tea at five?", "Reply");
    const bar = otto.page.getByRole("group", { name: "In reply to Nora Fen: Tea at five?" });
    await bar.waitFor();
    await otto.page.keyboard.type("Gladly");
    await otto.page.reload();
    await bar.waitFor();
    await expectSoon(async () => expect(await otto.composer.inputValue()).toBe("Gladly"));
    await otto.composer.press("Enter");
    await bar.waitFor({ state: "detached" });
    const answer = nora.articles.filter({ hasText: "Gladly" });
    const quote = answer.getByRole("button", { name: "In reply to You: Tea at five?" });
    await quote.waitFor();
    const { height } = (await answer.boundingBox()) ?? { height: 0 };
    await nora.editLast("Tea at six?");
    await answer.getByRole("button", { name: "In reply to You: Tea at six?" }).click();
    const asked = nora.articles.filter({ hasText: "Tea at six?" }).first();
    await nora.page.waitForFunction(() => document.activeElement?.matches("[data-pointed]"));
    expect(await asked.getAttribute("data-pointed")).toBe("");
    // By keyboard, and back.
    await nora.page.keyboard.press("r");
    const own = nora.page.getByRole("group", { name: /^In reply to You/ });
    await own.waitFor();
    expect(await nora.composer.evaluate((field) => field === document.activeElement)).toBe(true);
    await nora.page.keyboard.press("Escape");
    await own.waitFor({ state: "detached" });
    await asked.hover();
    await asked.getByRole("button", { name: "Message actions" }).click();
    await nora.page.getByRole("menuitem", { name: "Delete", exact: true }).click();
    await nora.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
    await answer.getByText("You deleted this message").waitFor();
    expect((await answer.boundingBox())?.height).toBe(height);
  });

  test("[THR3] [THR4] [THR5] reply in a thread beside the conversation, and find what is unread there", async () => {
    const [uma, vik] = await stage.twoPeople("Uma", "Vik");
    await uma.say("Where do we meet?");
    const thread = (person: typeof uma) => person.page.getByRole("region", { name: "Thread" });
    const field = (person: typeof uma) => thread(person).getByRole("textbox", { name: "Message", exact: true });
    await vik.choose("Where do we meet?", "Reply in thread");
    await thread(vik).getByRole("button", { name: "In reply to Uma Fen: Where do we meet?" }).waitFor();
    await field(vik).fill("At the harbour");
    await field(vik).press("Enter");
    const root = uma.articles.filter({ hasText: "Where do we meet?" });
    const line = root.getByRole("button", { name: /Open thread.*1 reply.*Vik/ });
    await line.waitFor();
    const place = uma.page.getByRole("button", { name: /^Threads/ });
    await place.getByText("1 unread message in threads").waitFor();
    await place.click();
    await uma.page
      .getByRole("dialog")
      .getByRole("button", { name: /At the harbour/ })
      .click();
    await thread(uma).getByRole("article").filter({ hasText: "At the harbour" }).waitFor();
    await place.getByText("1 unread message in threads").waitFor({ state: "detached" });
    await field(uma).fill("Fine");
    await field(uma).press("Enter");
    await thread(vik).getByRole("article").filter({ hasText: "Fine" }).waitFor();
    await root.getByRole("button", { name: /Open thread.*2 replies/ }).waitFor();
    // By keyboard, and back.
    await field(uma).press("Escape");
    await thread(uma).waitFor({ state: "detached" });
    await root.focus();
    await uma.page.keyboard.press("t");
    await thread(uma).waitFor();
    await thread(uma).getByRole("button", { name: "Unfollow" }).click();
    await thread(uma).getByRole("button", { name: "Follow", exact: true }).waitFor();
    await uma.page.keyboard.press("Escape");
    await thread(uma).waitFor({ state: "detached" });
    await uma.page.waitForFunction(() => document.activeElement?.matches("article[data-key]"));
    await place.waitFor({ state: "detached" });
  });

  test("select several messages by menu, mouse and keyboard, and delete them after one question", async () => {
    const [pia, quin] = await stage.twoPeople("Pia", "Quin");
    await pia.sayAll(["one", "two", "three", "four"]);
    await pia.allIsStored();
    await pia.choose("hello there", "Select");
    const bar = pia.page.getByRole("toolbar", { name: "Selected messages" });
    await bar.getByText("1 selected").waitFor();
    await pia.articles.filter({ hasText: "two" }).click({ modifiers: ["Shift"] });
    await bar.getByText("3 selected").waitFor();
    await pia.page.keyboard.press("Escape");
    await bar.waitFor({ state: "detached" });
    await pia.articles.filter({ hasText: "two" }).focus();
    for (const key of ["x", "ArrowDown", "Space"]) await pia.page.keyboard.press(key);
    await bar.getByText("2 selected").waitFor();
    expect(await pia.log.getByRole("checkbox", { name: "Select this message", checked: true }).count()).toBe(2);
    await bar.getByRole("button", { name: "Delete" }).click();
    const sure = pia.page.getByRole("dialog", { name: "Delete 2 messages?" });
    await sure.getByRole("button", { name: "Delete for everyone" }).click();
    await bar.waitFor({ state: "detached" });
    for (const person of [pia, quin]) {
      await person.articles
        .filter({ hasText: "deleted this message" })
        .or(person.articles.filter({ hasText: "was deleted" }))
        .nth(1)
        .waitFor();
      expect(await person.articles.filter({ hasText: /two|three/ }).count()).toBe(0);
    }
  });

  test("pin messages for both, go to them, and end their pins", async () => {
    const [edda, greg] = await stage.twoPeople("Edda", "Greg");
    await edda.sayAll(Array.from({ length: 40 }, (_, index) => `line ${index}.`));
    await greg.goToNewest("line 39.");
    const choose = async (person: typeof edda, text: string, action: string) => {
      const message = person.articles.filter({ hasText: text });
      await message.hover();
      await message.getByRole("button", { name: "Message actions" }).click();
      await person.page.getByRole("menuitem", { name: action, exact: true }).click();
    };
    const barOf = (person: typeof edda) => person.page.getByRole("region", { name: "Pinned messages" });
    await choose(edda, "line 38.", "Pin");
    await greg.log.getByText("Edda Fen pinned a message").waitFor();
    await choose(edda, "line 37.", "Pin");
    const bar = barOf(edda);
    await bar.getByRole("button", { name: "Pinned message 1 of 2 You: line 37." }).waitFor();
    await edda.log.evaluate((element) => element.scrollTo(0, 0));
    await bar.getByRole("button", { name: "Previous pinned message" }).click();
    await bar.getByRole("button", { name: /^Pinned message 2 of 2/ }).click();
    await edda.page.locator("article[data-pointed]").filter({ hasText: "line 38." }).waitFor();
    await greg.page.reload();
    await barOf(greg).getByText("line 37.").waitFor();
    await barOf(greg).getByRole("button", { name: "All pinned messages" }).click();
    const all = greg.page.getByRole("dialog", { name: "Pinned messages" });
    await all.getByRole("listitem").filter({ hasText: "line 38." }).getByRole("button", { name: "Unpin" }).click();
    await all.getByRole("listitem").filter({ hasText: "line 38." }).waitFor({ state: "detached" });
    await greg.page.keyboard.press("Escape");
    await bar.getByRole("button", { name: /^Pinned message You: line 37/ }).waitFor();
    await choose(edda, "line 37.", "Delete");
    await edda.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
    await Promise.all([edda, greg].map((person) => barOf(person).waitFor({ state: "detached" })));
  });

  test("[VER1] look at what a message said before it was edited, by mouse and by keyboard", async () => {
    const [gus, hedy] = await stage.twoPeople("Gus", "Hedy");
    await gus.say("Tea at fore?");
    await gus.editLast("Tea at four?");
    await hedy.articles.filter({ hasText: "Tea at four?" }).getByRole("button", { name: "edited" }).click();
    const history = hedy.page.getByRole("dialog", { name: "Edit history" });
    await history.getByRole("listitem").filter({ hasText: "Tea at fore?" }).waitFor();
    expect(await history.getByRole("listitem").count()).toBe(2);
    expect(await history.getByRole("listitem").first().textContent()).toMatch(/^Now, since .*Tea at four\?$/);
    await hedy.page.keyboard.press("Escape");
    await gus.articles.filter({ hasText: "Tea at four?" }).focus();
    await gus.page.keyboard.press("Enter");
    await gus.page.getByRole("menuitem", { name: "Edit history" }).click();
    await gus.page.getByRole("dialog", { name: "Edit history" }).getByText("Tea at fore?").waitFor();
  });

  test("[FWD1] [FWD2] forward selected messages to several conversations, in their order", async () => {
    const [rosa, sven] = await stage.twoPeople("Rosa", "Sven");
    const tove = await stage.newcomer("tove.moss", "Tove Moss");
    await rosa.start(["Tove Moss"]);
    await rosa.open("Sven Moss");
    await sven.say("the boat leaves at six");
    await rosa.choose("the boat leaves at six", "Select");
    await rosa.articles.filter({ hasText: "hello there" }).click();
    await rosa.page
      .getByRole("toolbar", { name: "Selected messages" })
      .getByRole("button", { name: "Forward" })
      .click();
    const dialog = rosa.page.getByRole("dialog", { name: "Forward 2 messages" });
    await dialog.getByRole("searchbox", { name: "Search conversations" }).fill("tov");
    await dialog.getByRole("checkbox", { name: "Tove Moss" }).check();
    await dialog.getByRole("searchbox").fill("");
    await dialog.getByRole("checkbox", { name: "Sven Moss" }).check();
    await dialog.getByText("2 conversations chosen").waitFor();
    await dialog.getByRole("button", { name: "Forward", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await rosa.page.getByText("Forwarded to 2 conversations").first().waitFor();
    await tove.open("Rosa Fen");
    await tove.articles.filter({ hasText: "the boat leaves at six" }).getByText("Forwarded").waitFor();
    expect(await tove.log.getByText(/hello there|the boat/).allInnerTexts()).toEqual([
      "hello there",
      "the boat leaves at six",
    ]);
  });

  test("two tabs of one person share one connection and show the same", async () => {
    const [carol, dan] = await stage.twoPeople("Carol", "Dan");
    const devices = () =>
      carol.page.evaluate(async () => {
        const headers = { "Content-Type": "application/json" };
        const call = { method: "POST", headers, body: "{}" };
        const response = await fetch("/parley.v1.AccountService/ListDevices", call);
        return ((await response.json()) as { devices: readonly unknown[] }).devices;
      });
    expect(await devices()).toHaveLength(1);
    const tab = await carol.anotherTab();
    await tab.open("Dan Moss");
    await tab.articles.filter({ hasText: "hello there" }).waitFor();
    await dan.say("to both of your tabs");
    await Promise.all([carol, tab].map((one) => one.articles.filter({ hasText: "to both" }).waitFor()));
    await tab.say("from the second tab");
    await Promise.all([carol, dan].map((one) => one.articles.filter({ hasText: "from the second" }).waitFor()));
    expect(await devices()).toHaveLength(1);
    expect(await sharedWorkersOf(stage.browser, carol)).toHaveLength(1);
  });

  test("[CMD9] a server killed in a burst of 200 messages loses, repeats and swaps none", async () => {
    const [eve, finn] = await stage.twoPeople("Eve", "Finn");
    const half = Array.from({ length: 100 }, (_, index) => String(index + 1).padStart(3, "0"));
    const lines = (name: string) => half.map((number) => `${name} ${number}`);
    const typing = Promise.all([eve.sayAll(lines("Eve")), finn.sayAll(lines("Finn"))]);
    await finn.articles.filter({ hasText: "Eve 010" }).waitFor();
    await eve.articles.filter({ hasText: "Finn 010" }).waitFor();
    await stage.server.kill();
    await typing;
    await stage.startServerAgain();
    for (const person of [eve, finn]) {
      for (const name of ["Eve", "Finn"]) {
        await person.articles.filter({ hasText: `${name} 100` }).waitFor({ timeout: 30_000 });
      }
    }
    const [left, right] = [await eve.readAll(/(Eve|Finn) \d{3}/), await finn.readAll(/(Eve|Finn) \d{3}/)];
    expect(left).toEqual(right);
    expect(left).toHaveLength(200);
    for (const name of ["Eve", "Finn"]) {
      expect(left.filter((text) => text.startsWith(name))).toEqual(lines(name));
    }
  });
});
