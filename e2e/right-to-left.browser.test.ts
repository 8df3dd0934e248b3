import { describe, expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { violations } from "./src/axe.ts";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";
import { pseudo } from "./src/pseudo-words.ts";
import { spills } from "./src/spills.ts";

const GROUP = "00000000-0000-7000-9000-000000000000";
const DIRECT = "00000000-0000-7000-9000-000000000020";

const browser = await browserForThisFile({ peopleStay: true });
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());

const button = (page: Page, name: string) => page.getByRole("button", { name: pseudo(name), exact: true });

interface Screen {
  readonly parameters?: string;
  readonly conversation?: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

/** Screens with everything that a language of long words could burst. */
const screens: Readonly<Record<string, Screen>> = {
  "signing up, with errors": {
    parameters: "signed-out",
    act: async (page) => {
      await button(page, "Sign up").click();
      await button(page, "Sign up").click();
    },
  },
  "the list": {},
  "the empty list, waiting for the connection": { parameters: "empty&connection=waiting" },
  "a group": {
    conversation: GROUP,
    act: (page) => page.getByRole("log").getByRole("article").last().waitFor(),
  },
  "the menu of a message": {
    conversation: GROUP,
    act: async (page) => {
      await page.getByRole("log").getByRole("article").last().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menu").waitFor();
    },
  },
  "the group's panel": {
    conversation: GROUP,
    act: (page) => button(page, "Group info").click(),
  },
  "the search": {
    conversation: GROUP,
    act: async (page) => {
      await button(page, "Search").click();
      await page.getByRole("searchbox", { name: pseudo("Search this conversation") }).fill("zzz");
      await page.getByText(pseudo("No messages found")).first().waitFor();
    },
  },
  "a message request": {
    parameters: "requests",
    conversation: DIRECT,
    act: (page) => page.getByRole("region", { name: pseudo("Message request"), exact: true }).waitFor(),
  },
  "the emojis": {
    conversation: GROUP,
    act: async (page) => {
      await button(page, "Emoji").click();
      await page.getByRole("gridcell").first().waitFor();
    },
  },
  "a new conversation": { act: (page) => button(page, "New conversation").click() },
  "the quick switcher": {
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  },
  "the shortcuts": {
    act: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").getByText(pseudo("New line")).waitFor();
    },
  },
  settings: { act: (page) => button(page, "Settings").click() },
  "the outbox": {
    parameters: "outbox",
    act: async (page) => {
      await button(page, "Show").click();
      await page.getByRole("dialog").getByRole("button").last().waitFor();
    },
  },
};

// One page that loads each screen anew and remembers nothing: a fresh one would start a process, and compile all scripts again.
const page = await (await browser.newContext()).newPage();
await page.addInitScript(() => localStorage.clear());
let loads = 0;

async function open(name: string, width: number): Promise<void> {
  const { parameters = "", conversation, act } = screens[name] ?? {};
  await page.mouse.move(0, 0);
  await page.setViewportSize({ width, height: 760 });
  const route = conversation === undefined ? "" : `#/c/${conversation}`;
  // What differs in nothing but what comes after the # would not be loaded.
  await page.goto(`${gallery.app}?load=${loads++}&language=pseudo&${parameters}${route}`);
  await page.getByRole("button").first().waitFor();
  await act?.(page);
}

describe("from right to left, with long words", () => {
  test.each(Object.keys(screens))("%s fits on a phone, and axe finds nothing serious", async (name) => {
    await open(name, 390);
    expect(await page.evaluate(() => document.documentElement.dir)).toBe("rtl");
    expect(await spills(page)).toEqual([]);
    expect((await violations(page)).filter((line) => /^(serious|critical)/.test(line))).toEqual([]);
  });

  test("every screen fits on a desktop", async () => {
    for (const name of Object.keys(screens)) {
      await open(name, 1200);
      expect([name, await spills(page)]).toEqual([name, []]);
    }
  });
});

async function box(locator: Locator): Promise<{ readonly left: number; readonly right: number }> {
  return locator.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    return { left, right };
  });
}

describe("from right to left", () => {
  test("panes, rows, messages and the composer are mirrored, and so are icons that point", async () => {
    await open("a group", 1200);
    const log = page.getByRole("log");
    const [list, main] = [await box(page.getByRole("navigation")), await box(page.getByRole("main"))];
    expect(list.left).toBeGreaterThanOrEqual(main.right - 1);
    const row = page.getByRole("navigation").getByRole("listitem").first();
    expect((await box(row.locator("[data-colour]").first())).left).toBeGreaterThan(
      (await box(row.locator("time"))).right,
    );

    // Such as a Latin name.
    const title = row.getByText("Bram Otterly", { exact: true });
    const text = await title.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().right;
    });
    expect(text).toBeCloseTo((await box(title)).right, 0);

    const field = page.getByRole("textbox", { name: pseudo("Message"), exact: true });
    await field.fill("mine");
    expect((await box(button(page, "Send"))).right).toBeLessThanOrEqual((await box(field)).left);
    await button(page, "Send").click();
    const own = log.getByRole("article").filter({ hasText: "mine" }).getByText("mine", { exact: true });
    await own.waitFor();
    const { left, right } = await box(log);
    const bubble = await box(own);
    expect(bubble.left - left).toBeLessThan(right - bubble.right);
    const scale = await button(page, "Send")
      .locator("svg")
      .evaluate((icon) => getComputedStyle(icon).scale);
    expect(scale).toBe("-1 1");
  });

  test("arrow keys go where they point", async () => {
    await open("the emojis", 1200);
    const focused = () => page.locator("[role=gridcell]:focus").evaluate((cell) => cell.getBoundingClientRect().left);
    await page.keyboard.press("ArrowDown");
    await page.locator("[role=gridcell]:focus").waitFor();
    const before = await focused();
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBeLessThan(before);
  });
});
