import { beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";

const MANY = 2_000;

const browser = await browserForThisFile({ peopleStay: true });
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());
let page: Page;

beforeAll(async () => {
  page = await (await browser.newContext({ viewport: { width: 1100, height: 800 } })).newPage();
});

beforeEach(async () => {
  await page.goto("about:blank");
  await page.goto(`${gallery.app}?many=${MANY}`);
  await rows().first().waitFor();
});

function nav(): Locator {
  return page.getByRole("navigation", { name: "Conversations" });
}

function rows(): Locator {
  return nav().getByRole("listitem");
}

interface SeenRow {
  readonly place: number;
  readonly size: number;
  readonly name: string;
  /** Pixels from the upper edge of what is in view. */
  readonly top: number;
  readonly bottom: number;
}

/** The rows in the page, in its order. */
function drawn(): Promise<readonly SeenRow[]> {
  return nav().evaluate((element) => {
    const edge = element.getBoundingClientRect().top;
    return [...element.querySelectorAll("li")].map((row) => ({
      place: Number(row.ariaPosInSet),
      size: Number(row.ariaSetSize),
      name: row.querySelector("[dir=auto]")?.textContent ?? "",
      top: row.getBoundingClientRect().top - edge,
      bottom: row.getBoundingClientRect().bottom - edge,
    }));
  });
}

async function inView(): Promise<readonly SeenRow[]> {
  const height = await nav().evaluate((element) => element.clientHeight);
  return (await drawn()).filter(({ top, bottom }) => top >= -1 && bottom <= height + 1);
}

/** Scrolls, and waits for the rows that belong there. */
async function scrollTo(top: number): Promise<void> {
  await nav().evaluate((element, wanted) => {
    element.scrollTop = wanted;
  }, top);
  await page.waitForFunction(() => {
    const box = document.querySelector("nav")?.getBoundingClientRect();
    if (box === undefined) return false;
    const at = (part: number) => document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
    return [0.05, 0.5, 0.95].every((part) => at(part)?.closest("li") !== null);
  });
}

/** Somebody writes in the conversation of a row, which goes to the top. */
async function arrive(place: number): Promise<void> {
  const id = `00000000-0000-7000-9000-${String(place).padStart(12, "0")}`;
  const detail = { conversation: id, text: `psst ${place}` };
  await page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
}

/** Of the gallery's quiet groups: this one's number in its id. */
const quiet = (n: number) => 999 + n;

function focusedName(): Promise<string> {
  return page.evaluate(() => document.activeElement?.querySelector("[dir=auto]")?.textContent ?? "nothing");
}

describe("2,000 conversations", () => {
  test("are a bounded number of rows in the page, each with its place among all, and no gap between them", async () => {
    for (const top of [0, 40_000, 90_000, 1_000_000]) {
      await scrollTo(top);
      const all = await drawn();
      expect(all.length).toBeLessThan(130);
      expect(new Set(all.map(({ size }) => size))).toEqual(new Set([MANY]));
      const seen = await inView();
      expect(seen.length).toBeGreaterThan(6);
      for (const [index, row] of seen.entries()) {
        const next = seen[index + 1];
        if (next === undefined) break;
        expect(next.place).toBe(row.place + 1);
        expect(Math.abs(next.top - row.bottom)).toBeLessThanOrEqual(1);
      }
    }
    expect((await inView()).at(-1)).toMatchObject({ place: MANY });
  });

  test("are gone through by real wheel turns without an empty screen", async () => {
    const session = await page.context().newCDPSession(page);
    await nav().evaluate((element) => {
      const seen = { frames: 0, empty: 0 };
      Object.assign(window, { seen });
      const look = () => {
        const { left, top, width, height } = element.getBoundingClientRect();
        seen.frames++;
        const middle = document.elementFromPoint(left + width / 2, top + height / 2);
        if (middle?.closest("li") == null) seen.empty++;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await session.send("Input.synthesizeScrollGesture", {
      x: 150,
      y: 400,
      yDistance: -30_000,
      speed: 8_000,
      gestureSourceType: "mouse",
    });
    const seen = await page.evaluate(() => (window as unknown as { seen: { frames: number; empty: number } }).seen);
    expect(seen.frames).toBeGreaterThan(30);
    expect(seen.empty).toBe(0);
    expect((await inView())[0]?.place).toBeGreaterThan(300);
  });

  test("are filtered to what is far down, from the top of what was found", async () => {
    await scrollTo(60_000);
    await page.getByRole("searchbox", { name: "Filter conversations" }).fill("quiet group 190");
    await rows().filter({ hasText: "Quiet group 190" }).first().waitFor();
    const found = await drawn();
    // 190 and 1900 to 1909.
    expect(found.map(({ size }) => size)).toEqual(Array.from({ length: 11 }, () => 11));
    expect(found[0]).toMatchObject({ place: 1, name: "Quiet group 190" });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    expect(await focusedName()).toBe("Quiet group 1909");
  });
});

describe("keys in the list", () => {
  test("Tab stops at one row, and arrows go on beyond what was in the page", async () => {
    await nav().getByRole("link").first().focus();
    await page.keyboard.press("End");
    const last = await focusedName();
    expect((await inView()).at(-1)).toMatchObject({ place: MANY, name: last });
    await page.keyboard.press("Shift+Tab");
    await page.getByRole("searchbox", { name: "Filter conversations" }).and(page.locator(":focus")).waitFor();
    expect(await nav().locator("a[tabindex='0']").count()).toBe(1);
    await nav().getByRole("link").first().focus();
    await page.keyboard.press("Home");
    for (let step = 0; step < 70; step++) await page.keyboard.press("ArrowDown");
    expect((await inView()).at(-1)).toMatchObject({ place: 71, name: await focusedName() });
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByRole("main").getByRole("heading", { name: last }).waitFor();
  });

  test("the focus stays with its conversation, which others overtake or which is scrolled far away", async () => {
    await nav().getByRole("link").first().focus();
    for (let step = 0; step < 30; step++) await page.keyboard.press("ArrowDown");
    const name = await focusedName();
    const number = Number(/\d+$/.exec(name)?.[0]);
    const place = (await drawn()).find((row) => row.name === name)?.place ?? 0;
    await arrive(quiet(number + 3));
    await rows().filter({ hasText: "psst" }).first().waitFor({ state: "attached" });
    expect(await focusedName()).toBe(name);
    expect((await drawn()).find((row) => row.name === name)?.place).toBe(place + 1);
    await scrollTo(90_000);
    expect(await focusedName()).toBe(name);
    await arrive(quiet(number));
    await page.waitForFunction(() => document.activeElement?.closest("li")?.ariaPosInSet === "1");
    expect(await focusedName()).toBe(name);
    await page.keyboard.press("ArrowDown");
    expect((await inView())[0]).toMatchObject({ place: 2, name: await focusedName() });
  });
});

describe("what somebody writes far down", () => {
  test("goes to the top, and leaves what is in view where it is", async () => {
    await scrollTo(40_000);
    const before = await inView();
    await arrive(quiet(1_500));
    await nav()
      .locator("li[aria-posinset]")
      .filter({ hasText: before[0]?.name ?? "" })
      .and(page.locator(`[aria-posinset='${(before[0]?.place ?? 0) + 1}']`))
      .waitFor();
    const after = await inView();
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    expect(after.map(({ top }) => Math.round(top))).toEqual(before.map(({ top }) => Math.round(top)));
    await scrollTo(0);
    expect((await inView())[0]).toMatchObject({ place: 1, name: "Quiet group 1500" });
  });

  test("the conversation that is opened by keys is brought into view", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("quiet group 1200");
    await page.locator("[role=option][aria-selected=true]").filter({ hasText: "Quiet group 1200" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("heading", { name: "Quiet group 1200" }).waitFor();
    await page.waitForFunction(() => document.querySelector("nav a[aria-current=page]") !== null);
    expect((await inView()).map(({ name }) => name)).toContain("Quiet group 1200");
  });
});

describe("the menu of a conversation", () => {
  const menu = () => page.getByRole("menu", { name: "Conversation actions" });
  const items = () => menu().getByRole("menuitem").allTextContents();

  test("has what can be done with it, and gives the focus back", async () => {
    await nav()
      .getByRole("link", { name: /^Film night/ })
      .focus();
    await page.keyboard.press("Shift+F10");
    await menu().waitFor();
    expect(await items()).toEqual([
      "Open",
      "Mark as read",
      "Pin to the top",
      "Mute…",
      "Archive",
      "Group info",
      "Leave group",
      "Clear chat…",
      "Delete chat…",
    ]);
    await page.keyboard.press("Escape");
    expect(await focusedName()).toBe("Film night");
    await nav()
      .getByRole("link", { name: /^Suki Vance/ })
      .click({ button: "right" });
    await menu().waitFor();
    const asOther = ["Open", "Mark as unread", "Pin to the top", "Mute…", "Archive"];
    expect(await items()).toEqual([...asOther, "Block…", "Clear chat…", "Delete chat…"]);
  });

  test("marks as read without opening, and asks before one leaves", async () => {
    const film = nav().getByRole("link", { name: /^Film night/ });
    await film.getByText("12 unread messages").waitFor({ state: "attached" });
    await film.click({ button: "right" });
    await menu().getByRole("menuitem", { name: "Mark as read" }).click();
    await film.getByText("12 unread messages").waitFor({ state: "detached" });
    await page.getByText("Choose a conversation").waitFor();
    await film.click({ button: "right" });
    await menu().getByRole("menuitem", { name: "Leave group" }).click();
    await page.getByRole("dialog", { name: "Leave this group?" }).waitFor();
  });
});
