import { describe, expect, test } from "bun:test";
import type { Locator } from "playwright-core";
import { violations } from "./src/axe.ts";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";
import { countRowRenders } from "./src/row-renders.ts";

/** Conversations of the gallery. */
const LONG = "00000000-0000-7000-9000-000000000002";
const FORMS = "00000000-0000-7000-9000-000000000050";
const HOSTILE = "00000000-0000-7000-9000-000000000051";

const browser = await browserForThisFile({ peopleStay: true });
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());

const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
const page = await context.newPage();
const renders = await countRowRenders(page);
let visits = 0;

/** What must never happen, whatever a message says. */
const incidents: string[] = [];
page.on("dialog", (dialog) => {
  incidents.push(dialog.message());
  void dialog.dismiss();
});
page.on("pageerror", (error) => void incidents.push(error.message));
page.on("console", (message) => message.type() === "error" && incidents.push(message.text()));
page.on("request", (request) => {
  // What the page made itself has its origin, too.
  const { origin } = new URL(request.url());
  if (origin !== new URL(gallery.app).origin) incidents.push(request.url());
});

/** Opens a conversation anew. */
async function read(conversation: string, { width = 1280, height = 800, theme = "light" } = {}): Promise<Locator> {
  visits += 1;
  await page.setViewportSize({ width, height });
  await page.goto(`${gallery.app}?theme=${theme}&visit=${visits}#/c/${conversation}`);
  await page.getByRole("article").last().waitFor();
  return page.getByRole("log", { name: "Messages" });
}

function arrive(conversation: string, text: string): Promise<unknown> {
  const detail = { conversation, text };
  return page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
}

/** How much wider than its place anything is. */
function excess(log: Locator): Promise<number> {
  return log.evaluate((element) => {
    const { right, left } = element.getBoundingClientRect();
    // Spaces at the end of a line hang over it unseen, and count for what is around them alone.
    const parts = element.querySelectorAll("article, [data-text] :not(span)");
    const edges = [...parts].map((one) => one.getBoundingClientRect());
    const outside = edges.map((edge) => Math.max(edge.right - right, left - edge.left));
    const page = document.documentElement;
    return Math.max(page.scrollWidth - window.innerWidth, element.scrollWidth - element.clientWidth, ...outside);
  });
}

/** Messages whose time lies over their text. */
function covered(log: Locator): Promise<string[]> {
  return log.evaluate((element) =>
    [...element.querySelectorAll("article")].flatMap((article) => {
      const text = article.querySelector("[data-text]");
      const time = article.querySelector("time")?.getBoundingClientRect();
      if (text === null || time === undefined) return [];
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let over = false;
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        range.selectNodeContents(node);
        for (const { left, right, top, bottom } of range.getClientRects()) {
          const beside = right <= time.left + 1 || left >= time.right - 1;
          if (!beside && bottom > time.top + 4 && top < time.bottom - 4) over = true;
        }
      }
      return over ? [article.textContent.slice(0, 80)] : [];
    }),
  );
}

/** Elements that no form of a message has, and addresses that lead elsewhere than they say. */
function strangers(log: Locator): Promise<string[]> {
  return log.evaluate((element) => {
    const forms = "p, span, strong, em, s, pre, code, blockquote, ul, ol, li, bdi, button[data-action=person]";
    const isLink = (one: Element) =>
      one instanceof HTMLAnchorElement &&
      one.getAttribute("href") === one.textContent &&
      ["https:", "http:", "mailto:"].includes(one.protocol);
    return [...element.querySelectorAll("[data-text] *")]
      .filter((one) => !one.matches(forms) && !isLink(one))
      .map((one) => one.outerHTML.slice(0, 80));
  });
}

function topOf(element: Locator): Promise<number> {
  return element.evaluate((one) => one.getBoundingClientRect().top);
}

describe("texts that were made to do harm", () => {
  for (const [width, theme] of [
    [320, "dark"],
    [1280, "light"],
  ] as const) {
    test(`stay in their place at ${width} px, folded and unfolded, and nothing in them runs`, async () => {
      const log = await read(HOSTILE, { width, theme });
      expect(await excess(log)).toBeLessThanOrEqual(0);
      expect(await covered(log)).toEqual([]);
      expect(await violations(page)).toEqual([]);
      // All at once, as no person could.
      const folded = log.getByRole("button", { name: "Show more" });
      const count = await folded.count();
      expect(count).toBeGreaterThan(20);
      await folded.evaluateAll((buttons: HTMLElement[]) => {
        for (const button of buttons) button.click();
      });
      await log
        .getByRole("button", { name: "Show less" })
        .nth(count - 1)
        .waitFor();
      expect(await excess(log)).toBeLessThanOrEqual(0);
      await log.evaluate((element) => element.scrollTo(0, 0));
      await log.getByText("This is the beginning of the conversation").waitFor();
      await log.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await log.getByText("Still here.").waitFor();
      expect(await strangers(log)).toEqual([]);
      expect(incidents).toEqual([]);
    });
  }
});

describe("the forms of a message", () => {
  test("are elements that say what they are, and axe finds nothing", async () => {
    for (const theme of ["light", "dark"]) {
      const log = await read(FORMS, { height: 1400, theme });
      expect(await violations(page)).toEqual([]);
      await log.locator("strong", { hasText: "Bold" }).first().waitFor();
      expect(await log.getByRole("list").count()).toBeGreaterThan(3);
      expect(await log.locator("blockquote blockquote").textContent()).toBe("And the hinges?");
      expect(await log.locator("ol > li").last().getAttribute("value")).toBe("10");
    }
  });

  test("a name that is mentioned says its user name to the keyboard, and leads to the person", async () => {
    const log = await read(FORMS);
    const mention = log.getByRole("button", { name: "@Bram Otterly" });
    await mention.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await page.getByRole("tooltip").filter({ hasText: "@bram.otterly" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Message Bram Otterly" }).click();
    await page.getByRole("heading", { name: "Bram Otterly" }).waitFor();
  });

  test("emojis alone are large, and each paragraph runs in the direction of its script", async () => {
    const log = await read(FORMS, { height: 1400 });
    const look = (text: string) =>
      log
        .locator("p")
        .filter({ hasText: text })
        .first()
        .evaluate((element) => {
          const { fontSize, direction } = getComputedStyle(element);
          return { size: Number.parseFloat(fontSize), direction };
        });
    const [party, plain] = [await look("🎉"), await look("Marks that stay")];
    expect(party.size).toBeGreaterThan(1.5 * plain.size);
    const directions = [plain, await look("זה עובד גם"), await look("Left to right first")];
    expect(directions.map(({ direction }) => direction)).toEqual(["ltr", "rtl", "ltr"]);
  });

  test("the full date is told to a mouse that rests on the time", async () => {
    const log = await read(FORMS);
    await log.locator("article time").last().hover();
    await page
      .getByRole("tooltip")
      .filter({ hasText: /20\d\d.*\d:\d\d:\d\d/ })
      .waitFor();
  });

  test("the full date is told to the keyboard's focus, and in the menu", async () => {
    const log = await read(FORMS);
    await log.focus();
    await page.keyboard.press("ArrowUp");
    const tip = page.getByRole("tooltip");
    await tip.waitFor();
    const date = (await tip.textContent()) ?? "";
    expect(date).toMatch(/20\d\d.*\d:\d\d:\d\d/);
    await page.keyboard.press("Enter");
    await page.locator(":popover-open").getByText(date).waitFor();
  });
});

describe("a long message", () => {
  test("is unfolded below what one reads, and folded above the button that one presses", async () => {
    const log = await read(FORMS);
    const last = page.getByRole("article").filter({ hasText: "line 16" });
    const before = await topOf(last);
    await last.getByRole("button", { name: "Show more" }).click();
    const less = last.getByRole("button", { name: "Show less" });
    await less.waitFor();
    expect(Math.abs((await topOf(last)) - before)).toBeLessThanOrEqual(1);
    await page.getByRole("button", { name: /^Jump to newest/ }).waitFor();
    await log.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await arrive(FORMS, "below it");
    await log.getByText("below it").waitFor();
    await log.evaluate((element) => element.scrollBy(0, -30));
    const pressed = await topOf(less);
    await less.click();
    const more = last.getByRole("button", { name: "Show more" });
    await more.waitFor();
    expect(Math.abs((await topOf(more)) - pressed)).toBeLessThanOrEqual(1);
  });
});

describe("the bar of pinned messages", () => {
  /** Presses on a message's menu without moving the list. */
  async function press(message: Locator, action: string): Promise<void> {
    await message.hover();
    await message.getByRole("button", { name: "Message actions" }).click();
    await page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  for (const [where, height, up] of [
    ["in the middle of a long conversation", 800, 600],
    ["where few messages are", 6_000, 0],
  ] as const) {
    test(`comes and goes without moving what one reads, ${where}`, async () => {
      const log = await read(FORMS, { height });
      await log.evaluate((element, by) => element.scrollBy(0, -by), up);
      const message = page.getByRole("article").filter({ hasText: "And the hinges?" });
      if (up > 0) await message.evaluate((element) => element.scrollIntoView({ block: "center" }));
      await message.hover();
      const before = await topOf(message);
      await press(message, "Pin");
      const bar = page.getByRole("region", { name: "Pinned messages" });
      await bar.waitFor();
      expect(Math.abs((await topOf(message)) - before)).toBeLessThanOrEqual(1);
      await press(message, "Unpin");
      await bar.waitFor({ state: "detached" });
      expect(Math.abs((await topOf(message)) - before)).toBeLessThanOrEqual(1);
    });
  }

  test("is told by axe to be well made, and hides nothing that has the focus", async () => {
    for (const [theme, width] of [
      ["light", 1280],
      ["dark", 360],
    ] as const) {
      const log = await read(FORMS, { theme, width });
      await press(page.getByRole("article").last(), "Pin");
      const bar = page.getByRole("region", { name: "Pinned messages" });
      await bar.waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("article").last().focus();
      for (let turn = 0; turn < 12; turn++) await page.keyboard.press("ArrowUp");
      const [edge, top] = await Promise.all([
        bar.evaluate((element) => element.getBoundingClientRect().bottom),
        log.evaluate((element) => element.ownerDocument.activeElement?.getBoundingClientRect().top ?? 0),
      ]);
      expect(top).toBeGreaterThanOrEqual(edge - 1);
      await bar.getByRole("button", { name: "All pinned messages" }).click();
      await page.getByRole("dialog", { name: "Pinned messages" }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
});

describe("while the reader scrolls", () => {
  test("the day of what one reads stands over the messages, for a while", async () => {
    const log = await read(LONG);
    await page.mouse.move(800, 400);
    const day = page.locator("p[data-shown]");
    const dayInView = () =>
      log.evaluate((element) => {
        const edge = element.getBoundingClientRect().top;
        const rows = [...element.querySelectorAll<HTMLElement>("article, [data-kind=day]")];
        const first = rows.findIndex((row) => row.matches("article") && row.getBoundingClientRect().bottom > edge);
        return rows.slice(0, first).findLast((row) => row.dataset["kind"] === "day")?.textContent;
      });
    const seen: (string | undefined)[] = [];
    for (let turn = 0; turn < 12 && seen.length < 3; turn++) {
      await page.mouse.wheel(0, -170);
      await page.waitForTimeout(120);
      if ((await day.getAttribute("data-shown")) === "true")
        seen.push((await day.textContent()) ?? "", await dayInView());
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen[0]).toBe(seen[1] ?? "");
    await page.locator("p[data-shown=false]").waitFor({ state: "attached" });
  });
});

describe("a selection", () => {
  async function copy(from: string, to: string): Promise<string> {
    await page.getByRole("log").evaluate(
      (log, [first, last]) => {
        const textWith = (words: string) => {
          const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            if (node.textContent?.includes(words)) return node;
          }
          throw new Error(`There is no ${words}`);
        };
        const [start, end] = [textWith(first), textWith(last)];
        const at = start.textContent?.indexOf(first) ?? 0;
        const to = (end.textContent?.indexOf(last) ?? 0) + last.length;
        document.getSelection()?.setBaseAndExtent(start, at, end, to);
      },
      [from, to] as const,
    );
    await page.keyboard.press("ControlOrMeta+c");
    return page.evaluate(() => navigator.clipboard.readText());
  }

  test("over several messages is copied as plain text, with who wrote each and when", async () => {
    await read(FORMS);
    const lines = (await copy("And the hinges", "two for the gate")).split("\n");
    expect(lines[0]).toMatch(/^Lena Fogg, .*: And the hinges\?$/);
    expect(lines[1]).toBe("Still missing, I am afraid.");
    expect(lines[2]).toMatch(/^Lena Fogg, .*: For Saturday:$/);
    expect(lines.slice(3)).toEqual(["boards, the long ones", "hinges", "two for the gate"]);
    const whole = await copy("Bold", "Marks that stay");
    expect(whole).toMatch(/^Ines Quill, .*: \*\*Bold\*\*, \*leaning\*, ~~struck~~,/);
    expect(whole).toMatch(/\nBram Otterly, .*: Marks that stay$/);
  });

  test("within one message is copied as it reads; all of it, as it was written", async () => {
    await read(FORMS);
    expect(await copy("boards, ", "coffee")).toBe("boards, the long ones\nhinges\ntwo for the gate\none spare\ncoffee");
    expect(await copy("For Saturday", "coffee")).toContain("- boards, **the long ones**\n- hinges\n  - two");
  });
});

test("one new message draws one row", async () => {
  await read(LONG);
  // The first one of a day brings that day with it.
  await arrive(LONG, "the first one");
  await page.getByRole("article").filter({ hasText: "the first one" }).waitFor();
  await page.waitForTimeout(300);
  const before = await renders();
  expect(before).toBeGreaterThan(20);
  await arrive(LONG, "another one");
  await page.getByRole("article").filter({ hasText: "another one" }).waitFor();
  expect((await renders()) - before).toBe(1);
});
