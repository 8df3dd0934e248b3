import { describe, expect, test } from "bun:test";
import type { CDPSession, Page } from "playwright-core";
import { violations } from "./src/axe.ts";
import { shellReady } from "./src/offline-shell.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open({ peopleStay: true });
const [ada, bo] = await stage.twoPeople("Ada", "Bo");
await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
const { page } = ada;
const keys = await ada.context.newCDPSession(page);

const offered = page.getByRole("listbox");
const picker = page.getByRole("dialog", { name: "Emojis" });

/** Begins with an empty composer that has the focus. */
async function beginAnew(text = "") {
  await ada.composer.fill("");
  await ada.composer.focus();
  if (text !== "") await page.keyboard.type(text);
}

function isFocused({ composer }: Person): Promise<boolean> {
  return composer.evaluate((field) => field === document.activeElement);
}

async function openPicker(): Promise<void> {
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  await picker.getByRole("grid").waitFor();
}

describe("typing", () => {
  test("and Enter, 200 times as fast as events can go on a slow machine: each line is a message, once, in order", async () => {
    const lines = Array.from({ length: 200 }, (_, index) => String(index + 1).padStart(3, "0"));
    await beginAnew();
    await keys.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await Promise.all(
      lines.flatMap((line) => [...[...line].map((letter) => pressLetter(keys, letter)), pressEnter(keys)]),
    );
    await keys.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    expect(await ada.composer.inputValue()).toBe("");
    await bo.articles.filter({ hasText: "200" }).waitFor();
    for (const person of [ada, bo]) {
      expect(await person.readAll(/^\d+$/m)).toEqual(lines);
      await person.page.getByRole("button", { name: "Jump to newest" }).click();
    }
  });

  test("with an input method: the Enter that ends what it composes sends nothing, the next one sends it once", async () => {
    await beginAnew();
    await compose(keys, "に");
    await compose(keys, "にほん");
    await pressEnter(keys, 229);
    expect(await ada.composer.inputValue()).toBe("にほん");
    await keys.send("Input.insertText", { text: "日本" });
    expect(await ada.composer.inputValue()).toBe("日本");
    expect(await ada.articles.filter({ hasText: "日本" }).count()).toBe(0);
    await page.keyboard.press("Enter");
    await bo.articles.filter({ hasText: "日本" }).waitFor();
    expect(await ada.articles.filter({ hasText: "日本" }).count()).toBe(1);
    expect(await ada.composer.inputValue()).toBe("");
  });
});

describe("while somebody writes", () => {
  test("people are offered, chosen by keyboard, and closed by Escape alone; not while an input method composes", async () => {
    await beginAnew("dear @m");
    await offered.getByRole("option", { name: "Bo Moss @bo.moss" }).waitFor();
    expect(await ada.composer.getAttribute("aria-activedescendant")).toBe(
      await offered.getByRole("option", { selected: true }).getAttribute("id"),
    );
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await ada.composer.inputValue()).toBe("dear @bo.moss ");
    await page.keyboard.type("hello");
    await page.keyboard.press("Enter");
    await bo.articles.filter({ hasText: "hello" }).last().waitFor();
    await page.keyboard.press("ArrowUp");
    await page.getByText("Editing message").waitFor();
    await page.keyboard.type(" @b");
    await offered.waitFor();
    await page.keyboard.press("Escape");
    await offered.waitFor({ state: "hidden" });
    expect(await page.getByText("Editing message").count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.getByText("Editing message").waitFor({ state: "detached" });
    await beginAnew("@");
    await compose(keys, "b");
    expect(await ada.composer.inputValue()).toBe("@b");
    expect(await offered.isVisible()).toBe(false);
    await keys.send("Input.insertText", { text: "" });
  });

  test("emojis are offered by name, take the place of a finished shortcode, and can be undone", async () => {
    await beginAnew("well :tad");
    await offered.getByRole("option", { name: "party popper" }).click();
    expect(await ada.composer.inputValue()).toBe("well 🎉");
    expect(await isFocused(ada)).toBe(true);
    await page.keyboard.type(" :smile:");
    await hasText(page, "well 🎉 😄");
    await page.keyboard.press("Control+z");
    await hasText(page, "well 🎉 :smile:");
    await page.keyboard.type(" at 12:30");
    expect(await offered.isVisible()).toBe(false);
  });
});

describe("the emoji picker", () => {
  test("inserts at the caret, by mouse and by keyboard, remembers what was used and the tone, and gives the focus back", async () => {
    await beginAnew("ab");
    await page.keyboard.press("ArrowLeft");
    await openPicker();
    expect(await violations(page)).toEqual([]);
    await picker.getByRole("tab", { name: "Food and drink" }).click();
    await picker.getByRole("gridcell", { name: "grapes" }).click();
    await picker.waitFor({ state: "detached" });
    expect(await ada.composer.inputValue()).toBe("a🍇b");
    expect(await isFocused(ada)).toBe(true);

    await openPicker();
    await picker.getByRole("radio", { name: "Dark skin tone", exact: true }).check();
    await picker.getByRole("searchbox", { name: "Search emojis" }).fill("waving hand");
    await picker.getByRole("status").getByText("1 emoji found").waitFor({ state: "attached" });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await picker.waitFor({ state: "detached" });
    expect(await ada.composer.inputValue()).toBe("a🍇👋🏿b");

    await page.getByRole("button", { name: "Emoji", exact: true }).press("Enter");
    await picker.getByRole("tab", { name: "Recently used", selected: true }).waitFor();
    const recent = await picker.getByRole("gridcell").allTextContents();
    expect(recent.slice(0, 2)).toEqual(["👋🏿", "🍇"]);
    expect(await picker.getByRole("radio", { name: "Dark skin tone", exact: true }).isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    await picker.waitFor({ state: "detached" });
    expect(
      await page.getByRole("button", { name: "Emoji", exact: true }).evaluate((button) => button.matches(":focus")),
    ).toBe(true);
    expect(await ada.composer.inputValue()).toBe("a🍇👋🏿b");
  });

  test("reacts to a message with any emoji, which takes it back the second time", async () => {
    const message = ada.articles.filter({ hasText: "日本" });
    const reaction = message.getByRole("button", { name: "🦭 by Ada Fen" });
    for (const set of [true, false]) {
      await ada.choose("日本", "Another emoji");
      await picker.getByRole("searchbox").fill("seal");
      await page.keyboard.press("Enter");
      await reaction.waitFor({ state: set ? "visible" : "detached" });
      await picker.waitFor({ state: "detached" });
      await bo.articles
        .filter({ hasText: "日本" })
        .getByText("🦭")
        .first()
        .waitFor({ state: set ? "visible" : "detached" });
    }
  });
});

describe("who reacted", () => {
  test("is told by the right button on a reaction, and from the menu by keyboard; one's own is taken back, and the focus comes back", async () => {
    const message = ada.articles.filter({ hasText: "日本" });
    const dialog = page.getByRole("dialog", { name: "Reactions" });
    await ada.choose("日本", "React with 👍");
    await message.getByRole("button", { name: "👍 by Ada Fen" }).waitFor();
    await bo.choose("日本", "React with 👍");
    const both = message.getByRole("button", { name: "👍 by Ada Fen and Bo Moss" });
    await both.click({ button: "right" });
    const people = dialog.getByRole("region", { name: "👍 2 people" }).getByRole("listitem");
    await people.nth(1).waitFor();
    expect(await people.allInnerTexts()).toEqual([
      expect.stringContaining("Ada Fen (you)"),
      expect.stringContaining("Bo Moss"),
    ]);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Remove your 👍" }).click();
    await dialog.getByRole("region", { name: "👍 1 person" }).waitFor();
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await message.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Reactions" }).press("Enter");
    await dialog.getByRole("region", { name: "👍 1 person" }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await message.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe("whoever is mentioned", () => {
  test("finds it in the list, also of a muted group, goes to it, and finds all of them in one place, until they are gone", async () => {
    await stage.newcomer("cy.reed", "Cy Reed");
    await ada.start(["Bo Moss", "Cy Reed"], "Choir");
    await bo.listItem("Choir").waitFor();
    await bo.listItem("Choir").getByRole("link").press("m");
    await bo.page.getByRole("menuitem", { name: "Until I unmute it" }).click();
    await ada.sayAll(Array.from({ length: 30 }, (_, index) => `bar ${index + 1}`));
    await ada.composer.pressSequentially("all in, @ev");
    await offered.getByRole("option", { name: "Everyone in this group" }).waitFor();
    await page.keyboard.press("Enter");
    expect(await ada.composer.inputValue()).toBe("all in, @everyone ");
    await page.keyboard.press("Enter");
    await ada.sayAll(Array.from({ length: 30 }, (_, index) => `rest ${index + 1}`));
    await bo.listItem("Choir").getByText("1 mentions you").waitFor({ state: "attached" });
    expect(await violations(bo.page)).toEqual([]);
    await bo.open("Choir");
    const named = bo.articles.filter({ hasText: "all in, @everyone" });
    await bo.page.getByRole("button", { name: "Go to the next of 1 unread mention" }).click();
    await named.locator("[data-me]").waitFor();
    await bo.listItem("Choir").getByText("1 mentions you").waitFor({ state: "detached" });

    await bo.listItem("Ada Fen").getByRole("link").focus();
    await bo.page.keyboard.press("@");
    const mentions = bo.page.getByRole("dialog", { name: "Mentions" });
    const lines = mentions.getByRole("listitem");
    await lines.first().getByText("all in, @everyone").waitFor();
    await lines.filter({ hasText: "dear @Bo Moss hello" }).getByRole("button").click();
    await mentions.waitFor({ state: "detached" });
    await bo.articles.filter({ hasText: "dear @Bo Moss hello" }).waitFor();
    await ada.goToNewest("rest 30");
    await page.getByRole("log").hover();
    await page.mouse.wheel(0, -1_500);
    await ada.articles.filter({ hasText: "all in" }).waitFor();
    await ada.choose("all in", "Delete");
    await page.getByRole("button", { name: "Delete for everyone" }).click();
    await ada.articles.filter({ hasText: "You deleted this message" }).waitFor();
    await bo.page.getByRole("button", { name: "Mentions", exact: true }).click();
    await lines.first().getByText("dear @Bo Moss hello").waitFor();
    expect(await mentions.getByText("all in").count()).toBe(0);
    await bo.page.keyboard.press("Escape");
    await ada.open("Bo Moss");
  });
});

describe("what is pasted", () => {
  test("comes as plain text with its lines, whatever else the clipboard has", async () => {
    await beginAnew();
    await paste(page, { "text/plain": "one\r\ntwo\rthree" });
    expect(await ada.composer.inputValue()).toBe("one\ntwo\nthree");
    await beginAnew();
    await paste(page, { "text/html": "<b>bold</b> and <i>so on</i>", "text/plain": "bold and so on" });
    expect(await ada.composer.inputValue()).toBe("bold and so on");
  });

  test("and is a file is refused in words, as is one that is dropped; the text stays", async () => {
    await beginAnew("still here");
    const refused = page.locator(":popover-open").getByText("Files cannot be sent yet");
    await paste(page, { "image/png": "" });
    await refused.waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    expect(await dropFile(page)).toBe(false);
    await refused.waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    expect(await ada.composer.inputValue()).toBe("still here");
  });

  test("and is 10,000 lines long is taken, and says how much is too long; the composer keeps its bounds", async () => {
    const text = Array.from({ length: 10_000 }, (_, line) => `line ${line}`).join("\n");
    await beginAnew();
    await paste(page, { "text/plain": text });
    const tooLong = `${(text.length - 16_000).toLocaleString("en-GB")} characters too long`;
    await page.getByText(tooLong, { exact: true }).waitFor();
    expect(await ada.composer.inputValue()).toBe(text);
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText(tooLong).waitFor({ state: "attached" });
    await page.keyboard.type("!");
    expect(await ada.composer.inputValue()).toBe(`${text}!`);
    expect(await ada.composer.evaluate((field) => field.getBoundingClientRect().height)).toBeLessThan(220);
    await ada.composer.fill("x".repeat(15_801));
    await page.getByText("199 characters left", { exact: true }).waitFor();
    await ada.composer.fill("x".repeat(15_799));
    await page.getByText(/characters left/).waitFor({ state: "detached" });
  });
});

describe("the composer", () => {
  test("grows to a bound while the messages stay where they are, and leaves them room on a small screen", async () => {
    await beginAnew();
    // The browser tells of it with the next frame; until then nobody has scrolled.
    await ada.log.evaluate(async (log) => {
      log.scrollTop -= 600;
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    });
    const [before, place] = [await height(ada), await placeOfFirst(ada)];
    await page.keyboard.insertText("a line\n".repeat(5));
    const grown = await height(ada);
    expect(grown).toBeGreaterThan(before + 60);
    expect(Math.abs((await placeOfFirst(ada)) - place)).toBeLessThanOrEqual(1);
    await page.keyboard.insertText("a line\n".repeat(50));
    const most = await height(ada);
    await page.keyboard.insertText("a line\n".repeat(50));
    expect(await height(ada)).toBe(most);
    expect(Math.abs((await placeOfFirst(ada)) - place)).toBeLessThanOrEqual(1);
    await page.setViewportSize({ width: 390, height: 340 });
    expect(await ada.log.evaluate((log) => log.clientHeight)).toBeGreaterThan(80);
    await page.setViewportSize({ width: 1280, height: 720 });
    await beginAnew();
  });
});

describe("without the server", () => {
  test("a page that is opened anew has all emojis, though none was wanted on it before", async () => {
    await shellReady(page);
    await stage.server.kill();
    await page.reload();
    await ada.composer.waitFor();
    await page.getByRole("button", { name: "Emoji", exact: true }).click();
    // Without a look at whether there is a field to type in.
    await page.keyboard.type("mountain railway");
    await picker.getByRole("gridcell", { name: "mountain railway" }).and(page.locator("[data-marked]")).waitFor();
    await page.keyboard.press("Enter");
    await hasText(page, "🚞");
    await page.keyboard.type(" :ferr");
    await offered.getByRole("option", { name: "ferry" }).first().waitFor();
  });
});

function pressLetter(session: CDPSession, letter: string) {
  return session.send("Input.dispatchKeyEvent", { type: "keyDown", key: letter, text: letter });
}

/** @param code that of an input method's key is 229 */
function pressEnter(session: CDPSession, code = 13) {
  const event = { key: "Enter", code: "Enter", windowsVirtualKeyCode: code };
  return session.send(
    "Input.dispatchKeyEvent",
    code === 13 ? { ...event, type: "keyDown", text: "\r" } : { ...event, type: "rawKeyDown" },
  );
}

function compose(session: CDPSession, text: string) {
  return session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
}

/** Waits until the composer says this. */
async function hasText(where: Page, text: string): Promise<void> {
  await where.waitForFunction((wanted) => {
    const field = document.querySelector("textarea");
    return field?.value === wanted;
  }, text);
}

/** Puts this into the clipboard, and pastes it by keyboard. An empty image is made into one of a pixel. */
async function paste(where: Page, parts: Readonly<Record<string, string>>): Promise<void> {
  await where.evaluate(async (all) => {
    const blobs = await Promise.all(
      Object.entries(all).map(async ([type, text]) => {
        if (type !== "image/png") return [type, new Blob([text], { type })] as const;
        const canvas = new OffscreenCanvas(1, 1);
        canvas.getContext("2d");
        return [type, await canvas.convertToBlob({ type })] as const;
      }),
    );
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }, parts);
  await where.getByRole("textbox", { name: "Message", exact: true }).focus();
  await where.keyboard.press("Control+v");
}

/** Whether the browser would have done with it what it likes. */
function dropFile(where: Page): Promise<boolean> {
  return where.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "x.txt"));
    const event = (kind: string) => new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector("article")?.dispatchEvent(event("dragover"));
    return document.querySelector("article")?.dispatchEvent(event("drop")) ?? true;
  });
}

function height({ composer }: Person): Promise<number> {
  return composer.evaluate((field) => field.getBoundingClientRect().height);
}

/** Where the first message that is in view stands, in pixels from the top of the list. */
function placeOfFirst({ log }: Person): Promise<number> {
  return log.evaluate((list) => {
    const { top } = list.getBoundingClientRect();
    const first = [...list.querySelectorAll("article")].find((row) => row.getBoundingClientRect().bottom > top);
    return (first?.getBoundingClientRect().top ?? 0) - top;
  });
}
