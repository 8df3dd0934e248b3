import { expect, test } from "bun:test";
import { ByKeyboard } from "./src/by-keyboard.ts";
import { PASSWORD } from "./src/sign-up-over-http.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

test("from signing up to signing out by keyboard alone, and the focus is seen all the way", async () => {
  const bo = await stage.newcomer("bo.moss", "Bo Moss");
  const page = await (await stage.browser.newContext()).newPage();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const userName = page.getByRole("textbox", { name: "User name" });
  const hand = await ByKeyboard.open(page, stage.server.url);

  await hand.isAt(userName);
  await hand.goTo(button("Sign up"));
  await hand.press("Enter");
  await hand.goTo(userName, "Shift+Tab");
  await hand.type("ada.fen");
  await hand.goTo(page.getByRole("textbox", { name: "Display name" }));
  await hand.type("Ada Fen");
  await hand.goTo(page.getByLabel("Password", { exact: true }));
  await hand.type(PASSWORD);
  await hand.press("Enter");
  await button("New conversation").waitFor();
  await hand.isAt(page.getByRole("heading", { name: "Parley" }));

  await hand.goTo(button("New conversation"));
  await hand.press("Enter");
  await hand.isAt(page.getByRole("combobox", { name: "People" }));
  await hand.type("Bo");
  await page.getByRole("option", { name: "Bo Moss" }).and(page.locator("[aria-selected=true]")).waitFor();
  // Takes her, takes her back, and takes her again.
  await hand.press("Enter");
  await hand.goTo(button("Remove Bo Moss"), "Shift+Tab");
  await hand.press("Enter");
  await hand.isAt(page.getByRole("combobox", { name: "People" }));
  await hand.type("Bo");
  await page.getByRole("option", { name: "Bo Moss" }).and(page.locator("[aria-selected=true]")).waitFor();
  await hand.press("Enter", "Enter");
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  await hand.isAt(composer);

  await hand.type("hello there");
  await hand.press("Enter");
  await bo.open("Ada Fen");
  await bo.articles.filter({ hasText: "hello there" }).waitFor();
  await bo.sayAll(Array.from({ length: 30 }, (_, index) => `line ${index + 1} of a long answer`));
  const last = page.getByRole("article").filter({ hasText: "line 30 of" });
  await last.waitFor();
  // While a burst arrives it may be there for a moment, and what it leaves the focus to is passed by the Tab that follows.
  await page.getByRole("button", { name: /^Jump to newest/ }).waitFor({ state: "detached" });

  // Reads on upwards, and comes back by the button that then goes away.
  await hand.goTo(page.getByRole("log", { name: "Messages" }), "Shift+Tab");
  await hand.press("ArrowUp");
  await hand.isAt(last);
  await hand.press(...Array.from({ length: 24 }, () => "ArrowUp"));
  // It comes with the frame after the rows have moved; keys that follow each other faster than any hand go past.
  await page.getByRole("button", { name: /^Jump to newest/ }).waitFor();
  await hand.goTo(page.getByRole("button", { name: /^Jump to newest/ }));
  await hand.press("Enter");
  await page.getByRole("button", { name: /^Jump to newest/ }).waitFor({ state: "detached" });
  await hand.isAt(page.getByRole("log", { name: "Messages" }));

  // Reacts.
  await hand.press("ArrowUp");
  await hand.isAt(last);
  const firstOfMenu = page.getByRole("menuitem").first();
  await hand.press("Enter");
  await hand.isAt(firstOfMenu);
  await hand.press("Escape");
  await hand.isAt(last);
  await hand.press("Enter");
  await hand.isAt(firstOfMenu);
  await hand.goTo(page.getByRole("button", { name: "React with 👍" }), "Shift+Tab");
  await hand.press("Enter");
  await last.getByRole("button", { name: /👍/ }).waitFor();
  await hand.isAt(last);

  // Answers.
  await hand.press("/");
  await hand.isAt(composer);
  await hand.type("so much to say");
  await hand.press("Enter");
  await bo.articles.filter({ hasText: "so much to say" }).waitFor();
  await hand.press("ArrowUp");
  await hand.goTo(button("Cancel"), "Shift+Tab");
  await hand.press("Enter");
  await hand.isAt(composer);

  await hand.goTo(button("Settings"), "Shift+Tab");
  await hand.press("Enter");
  const settings = page.getByRole("dialog", { name: "Settings" });
  await settings.waitFor();
  await hand.goTo(settings.getByRole("textbox", { name: "Display name" }));
  await hand.press("End");
  await hand.type("nel");
  await hand.goTo(button("Save"));
  await hand.press("Enter");
  await page.getByText("Saved").first().waitFor();
  await hand.seesFocus();
  await hand.press("Escape");
  await hand.isAt(button("Settings"));
  await hand.press("Enter");
  await hand.goTo(settings.getByRole("button", { name: "Sign out", exact: true }));
  await hand.press("Enter");
  const sure = page.getByRole("dialog", { name: "Sign out?" });
  await sure.waitFor();
  await hand.goTo(sure.getByRole("button", { name: "Sign out", exact: true }));
  await hand.press("Enter");
  await hand.isAt(userName);
  expect(await hand.losses()).toEqual([]);
});
