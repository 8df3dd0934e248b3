import { beforeEach, describe, expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";

/** A conversation of the gallery. */
const FIRST = "Allotment 12";

const browser = await browserForThisFile({ peopleStay: true });
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());
const page: Page = await (await browser.newContext({ viewport: { width: 1100, height: 800 } })).newPage();

await page.goto(gallery.app);

beforeEach(backToTheList);

/** Where the app begins; what was written stays as in a browser that is not closed. */
async function backToTheList(): Promise<void> {
  for (const open of await page.getByRole("menu").or(page.getByRole("dialog")).all()) {
    await page.keyboard.press("Escape");
    await open.waitFor({ state: "detached" });
  }
  await page.goto(`${gallery.app}#/`);
  await page.getByText("Choose a conversation").waitFor();
}

function links(): Locator {
  return page.getByRole("navigation", { name: "Conversations" }).getByRole("link");
}

function dialog(name: string): Locator {
  return page.getByRole("dialog", { name });
}

function composer(): Locator {
  return page.getByRole("textbox", { name: "Message", exact: true });
}

/** Stands above the message field while a message is answered. */
function replyBar(): Locator {
  return page.getByRole("group", { name: /^In reply to/ });
}

/** What stands above the messages of the conversation that is open. */
function title(text: string): Locator {
  return page.getByRole("main").getByRole("heading", { name: text, level: 1 });
}

async function openFirst(): Promise<void> {
  await page.getByRole("link", { name: new RegExp(`^${FIRST}`) }).click();
  await title(FIRST).waitFor();
  await page.getByRole("article").last().waitFor();
  await composer().fill("");
  await composer().focus();
}

async function focusLastMessage(): Promise<Locator> {
  await openFirst();
  await page.getByRole("log").focus();
  await page.keyboard.press("ArrowUp");
  return page.locator("article:focus");
}

/** Of a line of the list. */
async function nameIn(line: Locator): Promise<string> {
  return (await line.locator("[dir=auto]").first().textContent()) ?? "";
}

async function names(): Promise<string[]> {
  const all = await links().all();
  return Promise.all(all.map((link) => nameIn(link)));
}

/** Goes to the conversation that stands there in the list. */
async function openNumber(index: number): Promise<void> {
  const name = (await names())[index] ?? "";
  await links().nth(index).click();
  await title(name).waitFor();
}

async function typing(text: string): Promise<void> {
  await composer().fill(text);
  await composer().focus();
}

type Press = () => Promise<void>;

/** What each shortcut of the sheet does, by the name that it has there: sets the scene, presses, and waits for what should come of it. */
const deeds: Readonly<Record<string, (press: Press) => Promise<void>>> = {
  "Go to a conversation or person": async (press) => {
    await openFirst();
    await typing("half a sent");
    await press();
    await dialog("Go to a conversation").waitFor();
    await page.keyboard.press("Escape");
    expect(await composer().inputValue()).toBe("half a sent");
  },
  "Next conversation": (press) => goes(0, press, 1),
  "Previous conversation": (press) => goes(3, press, 2),
  "Next unread conversation": (press) => goesToUnread(press, 1),
  "Previous unread conversation": (press) => goesToUnread(press, -1),
  "New conversation": (press) => opens(press, "New conversation"),
  "Show the messages that mention you": (press) => opens(press, "Mentions"),
  "Show these shortcuts": (press) => opens(press, "Keyboard shortcuts"),
  "Close a dialog, a menu, a thread or the search": async (press) => {
    await page.keyboard.press("Control+Shift+o");
    await dialog("New conversation").waitFor();
    await press();
    await dialog("New conversation").waitFor({ state: "detached" });
    await openFirst();
    await page.keyboard.press("Control+f");
    await page.getByRole("searchbox", { name: "Search this conversation" }).waitFor();
    await press();
    await page.getByRole("searchbox", { name: "Search this conversation" }).waitFor({ state: "detached" });
    await focusLastMessage();
    await page.keyboard.press("t");
    await page.getByRole("region", { name: "Thread" }).getByRole("textbox", { name: "Message" }).waitFor();
    await press();
    await page.getByRole("region", { name: "Thread" }).waitFor({ state: "detached" });
  },
  "Next in the list": (press) => movesInList("Home", press, 1),
  "Previous in the list": async (press) => {
    await links().first().focus();
    await page.keyboard.press("ArrowDown");
    await press();
    expect(await focusedLine()).toBe(0);
  },
  "Start of the list": (press) => movesInList("End", press, 0),
  "End of the list": async (press) => movesInList("Home", press, (await links().count()) - 1),
  "Conversation actions": async (press) => {
    await links().nth(2).focus();
    await press();
    await page.getByRole("menu", { name: "Conversation actions" }).waitFor();
  },
  "Open it; in the filter, the first one found": async (press) => {
    const filter = page.getByRole("searchbox", { name: "Filter conversations" });
    await filter.fill("film");
    await press();
    await title("Film night").waitFor();
    await filter.fill("");
    await links().nth(1).focus();
    const wanted = (await names())[1] ?? "";
    await press();
    await title(wanted).waitFor();
  },
  "Pin or unpin it": async (press) => {
    const wanted = (await names())[2] ?? "";
    await links().nth(2).focus();
    await press();
    await links().first().filter({ hasText: wanted }).getByText("pinned").waitFor({ state: "attached" });
    expect(await focusedLine()).toBe(0);
    await press();
    await links().getByText("pinned").waitFor({ state: "detached" });
  },
  "Mute or unmute it": async (press) => {
    await links().nth(2).focus();
    await press();
    await page.getByRole("menuitem", { name: "For 1 hour" }).click();
    await links().nth(2).getByText("muted").waitFor({ state: "attached" });
    expect(await focusedLine()).toBe(2);
    await press();
    await links().getByText("muted").waitFor({ state: "detached" });
  },
  "Archive it or take it out of the archive": async (press) => {
    const [wanted = "", next = ""] = (await names()).slice(2);
    await links().nth(2).focus();
    await press();
    await page.getByRole("button", { name: "Archived (1)" }).waitFor();
    expect([(await names())[2], await focusedLine()]).toEqual([next, 2]);
    await page.getByRole("button", { name: "Archived (1)" }).click();
    await links().nth(1).waitFor({ state: "detached" });
    await links().first().focus();
    await press();
    await page.getByRole("button", { name: "All conversations" }).waitFor({ state: "detached" });
    expect((await names())[2]).toBe(wanted);
  },
  "Mark it as unread or read": async (press) => {
    await links().filter({ hasNotText: "unread" }).first().focus();
    const line = await focusedLine();
    await press();
    await links().nth(line).getByText("Marked as unread").waitFor({ state: "attached" });
    expect(await focusedLine()).toBe(line);
    await press();
    await links().getByText("Marked as unread").waitFor({ state: "detached" });
  },
  "Delete it from the list": async (press) => {
    await links().nth(2).focus();
    await press();
    await page.getByRole("dialog", { name: "Delete this chat?" }).getByRole("button", { name: "Cancel" }).click();
    expect(await focusedLine()).toBe(2);
  },
  "Search this conversation": async (press) => {
    await openFirst();
    await press();
    await page.getByRole("searchbox", { name: "Search this conversation" }).waitFor();
  },
  "Go to the message field": async (press) => {
    await focusLastMessage();
    await press();
    await page.locator("textarea:focus").waitFor();
    expect(await composer().inputValue()).toBe("");
  },
  Send: async (press) => {
    await openFirst();
    const text = `sent by keys ${performance.now()}`;
    await typing(text);
    await press();
    await page.getByRole("article").filter({ hasText: text }).waitFor();
  },
  "New line": async (press) => {
    await openFirst();
    await typing("one");
    await press();
    expect(await composer().inputValue()).toBe("one\n");
    await composer().fill("");
  },
  "Edit your last message, while the field is empty": async (press) => {
    await openFirst();
    await press();
    await page.getByText("Editing message").waitFor();
  },
  "Cancel editing or replying": async (press) => {
    await openFirst();
    await page.keyboard.press("ArrowUp");
    await page.getByText("Editing message").waitFor();
    await press();
    await page.getByText("Editing message").waitFor({ state: "detached" });
    await focusLastMessage();
    await page.keyboard.press("r");
    await replyBar().waitFor();
    await press();
    await replyBar().waitFor({ state: "detached" });
  },
  "Previous message": (press) => movesFrom(1, press, 2),
  "Next message": (press) => movesFrom(2, press, 1),
  "Message actions": async (press) => {
    await focusLastMessage();
    await press();
    await page.getByRole("menu", { name: "Message actions" }).waitFor();
  },
  "Reply to the message": async (press) => {
    await focusLastMessage();
    await press();
    await replyBar().waitFor();
    await page.keyboard.press("Escape");
  },
  "Open the thread of the message": async (press) => {
    await focusLastMessage();
    await press();
    await page.getByRole("button", { name: "Close thread" }).click();
  },
  "Select the message": async (press) => {
    await focusLastMessage();
    await press();
    await page.getByText("1 selected").waitFor();
  },
  "Select all up to the message": async (press) => {
    await focusLastMessage();
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowUp");
    await press();
    await page.getByText("2 selected").waitFor();
  },
  "Back to the message field": async (press) => {
    await focusLastMessage();
    await press();
    await page.locator("textarea:focus").waitFor();
  },
};

async function opens(press: Press, name: string): Promise<void> {
  await press();
  await dialog(name).waitFor();
}

async function goes(from: number, press: Press, to: number): Promise<void> {
  const wanted = (await names())[to] ?? "";
  await openNumber(from);
  await composer().focus();
  await press();
  await title(wanted).waitFor();
  await composer().and(page.locator(":focus")).waitFor();
  expect(await page.getByText("Editing message").count()).toBe(0);
}

async function movesInList(from: "Home" | "End", press: Press, to: number): Promise<void> {
  await links().first().focus();
  await page.keyboard.press(from);
  await press();
  expect(await focusedLine()).toBe(to);
}

/** The line of the list with the focus, from 0 on. */
async function focusedLine(): Promise<number> {
  return links().evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement));
}

async function goesToUnread(press: Press, step: 1 | -1): Promise<void> {
  const unread = page.getByRole("link", { name: /unread message/ });
  const id = (await links().nth(4).getAttribute("href"))?.split("/").at(-1);
  const detail = { conversation: id, text: "psst" };
  await page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
  await unread.filter({ hasText: "psst" }).first().waitFor();
  const line = step > 0 ? unread.first() : unread.last();
  const wanted = await nameIn(line);
  await press();
  await title(wanted).waitFor();
}

/** By the messages from the last one on. */
async function movesFrom(from: number, press: Press, to: number): Promise<void> {
  const focused = await focusLastMessage();
  for (let at = 1; at < from; at++) await page.keyboard.press("ArrowUp");
  const keys = await page
    .getByRole("article")
    .evaluateAll((all) => all.map((article) => article.getAttribute("data-key")));
  const at = keys.indexOf(await focused.getAttribute("data-key"));
  await press();
  expect(keys.indexOf(await focused.getAttribute("data-key"))).toBe(at + from - to);
}

/** As Playwright names what stands on the keys of the sheet. */
const keyNames: Readonly<Record<string, string>> = {
  Ctrl: "Control",
  "↓": "ArrowDown",
  "↑": "ArrowUp",
  Esc: "Escape",
  Menu: "ContextMenu",
};

interface TaughtShortcut {
  readonly name: string;
  readonly chords: readonly (readonly string[])[];
}

async function taughtShortcuts(): Promise<readonly TaughtShortcut[]> {
  await page.keyboard.press("?");
  const sheet = dialog("Keyboard shortcuts");
  await sheet.waitFor();
  return sheet.locator("dl > div").evaluateAll((lines) =>
    lines.map((line) => ({
      name: line.querySelector("dt")?.textContent ?? "",
      chords: [...line.querySelectorAll("dd > span")].map((chord) =>
        [...chord.querySelectorAll("kbd")].map((key) => key.textContent),
      ),
    })),
  );
}

describe("the sheet of shortcuts", () => {
  test("tells of keys that do what it says, and of all of them", async () => {
    const taught = await taughtShortcuts();
    expect(taught.map(({ name }) => name).toSorted()).toEqual(Object.keys(deeds).toSorted());
    for (const { name, chords } of taught) {
      for (const chord of chords) {
        await backToTheList();
        const keys = chord.map((key) => keyNames[key] ?? key).join("+");
        await deeds[name]?.(() => page.keyboard.press(keys));
      }
    }
  });
});

describe("where somebody types", () => {
  test("signs and letters are text", async () => {
    await openFirst();
    await page.keyboard.type("who? and/or k");
    expect(await composer().inputValue()).toBe("who? and/or k");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("in a dialog, no shortcut opens another over it", async () => {
    await page.keyboard.press("Control+Shift+o");
    await dialog("New conversation").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await page.getByRole("dialog").count()).toBe(1);
    expect(await page.getByRole("main").getByRole("heading", { level: 1 }).count()).toBe(0);
  });
});

describe("the way to a conversation", () => {
  const field = () => page.getByRole("combobox", { name: "Find a conversation or person" });
  const active = () => page.locator("[role=option][aria-selected=true]");

  test("is a few letters and Enter, and ends in its message field", async () => {
    await openFirst();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("film");
    await active().filter({ hasText: "Film night" }).waitFor();
    expect(await field().getAttribute("aria-activedescendant")).toBe(await active().getAttribute("id"));
    await page.keyboard.press("Enter");
    await title("Film night").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await composer().and(page.locator(":focus")).waitFor();
  });

  test("begins with what is unread, and arrows choose", async () => {
    await page.keyboard.press("Control+k");
    const first = page.getByRole("option").first();
    await first.getByText(/unread message/).waitFor();
    // Behind the picture.
    const name = (option: Locator) => option.locator("> span").nth(1).textContent();
    const second = (await name(page.getByRole("option").nth(1))) ?? "";
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    expect(await name(active())).toBe(second);
    await page.keyboard.press("Enter");
    await title(second).waitFor();
  });
});
