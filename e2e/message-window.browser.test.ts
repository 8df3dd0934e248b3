import { beforeEach, describe, expect, test } from "bun:test";
import type { CDPSession, Page } from "playwright-core";
import { browserForThisFile, forThisFile } from "./src/for-this-file.ts";
import { serveGallery } from "./src/gallery.ts";
import { growLate } from "./src/late-growth.ts";
import { movedBy, rowPlace } from "./src/row-place.ts";
import { watchRows } from "./src/row-watch.ts";
import { windowPlace } from "./src/window-place.ts";

/** The conversation of 100,000 messages of the gallery. */
const LONG = "00000000-0000-7000-9000-000000000002";

/** As browsers tell of it; the library does not know it. */
interface Shift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

const browser = await browserForThisFile();
const gallery = await forThisFile(serveGallery(), (opened) => opened.stop());
let page: Page;

beforeEach(async () => {
  page = await (await browser.newContext({ viewport: { width: 1100, height: 800 }, hasTouch: true })).newPage();
  await page.goto(`${gallery.app}#/c/${LONG}`);
  await page.getByRole("article").last().waitFor();
});

function place() {
  return windowPlace(page);
}

/** A real gesture, through the browser's own input and compositor. */
async function gesture(distance: number, source: "mouse" | "touch", speed = 5_000) {
  const session = await page.context().newCDPSession(page);
  if (source === "mouse") {
    const gestureSourceType = "mouse";
    await session.send("Input.synthesizeScrollGesture", {
      x: 700,
      y: 400,
      yDistance: distance,
      speed,
      gestureSourceType,
    });
  } else {
    for (let drawn = 0; drawn < distance; drawn += STROKE_PX) await stroke(session);
  }
  await page.waitForTimeout(400);
}

/** Where a busy machine has older rows ready too late, a gesture ends at the oldest that are: then it goes on, as people do. */
async function gestureOn(messages: number, source: "mouse" | "touch") {
  for (let turn = 0; turn < 5 && 100_000 - (await place()).first <= messages; turn++) await gesture(4_000, source);
}

const STROKE_PX = 480;

/** One stroke of a finger, downwards; the list flies on a little when the finger leaves. */
async function stroke(session: CDPSession) {
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: 700, y: 150 }] });
  for (let moved = 40; moved <= STROKE_PX; moved += 40) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x: 700, y: 150 + moved }] });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** So many, and all of them in one turn. */
function arriveAtOnce(count: number) {
  return page.evaluate(
    ([conversation, last]) => {
      for (let at = 1; at <= last; at++) {
        window.dispatchEvent(new CustomEvent("demo-arrive", { detail: { conversation, text: `arrived ${at}` } }));
      }
    },
    [LONG, count] as const,
  );
}

/** Two frames: what changed is drawn, and what observes sizes and sights has told. */
function drawn() {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

function arrive(text: string) {
  const detail = { conversation: LONG, text };
  return page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
}

describe("scrolling through a long history", () => {
  for (const source of ["mouse", "touch"] as const) {
    test(`by ${source}: no row jumps while older ones arrive above, and the gesture lands where it should`, async () => {
      const watched = await watchRows(page, 1);
      await gesture(20_000, source);
      await gestureOn(180, source);
      const { torn, back, frames } = await watched();
      expect(frames).toBeGreaterThan(30);
      expect(torn).toBeLessThanOrEqual(1);
      expect(back).toBeLessThanOrEqual(1);
      const { first, rows } = await place();
      // Rows are about 80 px high: 20,000 px are some 250 of them, more where a finger lets the list fly. A list that runs away is thousands off.
      expect(100_000 - first).toBeGreaterThan(180);
      expect(100_000 - first).toBeLessThan(700);
      expect(rows).toBeLessThanOrEqual(200);
    });
  }

  test("by a slow wheel one never gets to an end that is none: older ones are there before", async () => {
    const { first } = await place();
    await page.getByRole("log").evaluate((log) => {
      const least = { top: Number.POSITIVE_INFINITY };
      log.addEventListener("scroll", () => {
        least.top = Math.min(least.top, log.scrollTop);
      });
      Object.assign(log, { least });
    });
    await gesture(7_000, "mouse", 2_000);
    expect(first - (await place()).first).toBeGreaterThan(60);
    const top = await page
      .getByRole("log")
      .evaluate((log) => (log as typeof log & { least: { top: number } }).least.top);
    expect(top).toBeGreaterThan(0);
  });

  test("the focus of a message that leaves the page stays in the list", async () => {
    await page.getByRole("log").focus();
    await page.keyboard.press("ArrowUp");
    const key = await page.locator("article:focus").getAttribute("data-key");
    await gesture(20_000, "mouse");
    expect(await page.locator(`article[data-key="${key}"]`).count()).toBe(0);
    expect(await page.getByRole("log").evaluate((log) => log.matches(":focus"))).toBe(true);
    // From where one is, and not from where one was.
    const { first } = await place();
    await page.keyboard.press("ArrowUp");
    await page.locator("article:focus").waitFor();
    expect(Math.abs((await place()).first - first)).toBeLessThan(10);
  });

  test("back down again, rows leave above and come below without a jump", async () => {
    await gesture(20_000, "mouse");
    const watched = await watchRows(page, -1);
    await gesture(-10_000, "mouse");
    const { torn, back } = await watched();
    expect(torn).toBeLessThanOrEqual(1);
    expect(back).toBeLessThanOrEqual(1);
  });

  test("older rows that come while it is at the very top leave everything in place", async () => {
    const oldest = (await page.getByRole("article").first().getAttribute("data-ordinal")) ?? "";
    await page.getByRole("log").evaluate((log) => {
      log.scrollTop = 0;
    });
    await page.waitForTimeout(50);
    const watched = await watchRows(page, 0);
    await page.waitForFunction((ordinal) => document.querySelector("article")?.dataset["ordinal"] !== ordinal, oldest);
    await page.waitForTimeout(300);
    const { torn, back } = await watched();
    expect([torn <= 1, back <= 1]).toEqual([true, true]);
  });

  test("a day that begins the window goes up to its older rows without taking the reader along", async () => {
    for (let turn = 0; turn < 6; turn++) {
      await page.getByRole("log").evaluate(async (log) => {
        const first = log.querySelector<HTMLElement>("article");
        if (first === null) throw new Error("There is no row");
        log.scrollTop = 0;
        const { top } = first.getBoundingClientRect();
        while (log.querySelector("article") === first) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const moved = first.getBoundingClientRect().top - top;
        if (Math.abs(moved) > 1) throw new Error(`The first row moved by ${moved} px`);
      });
    }
  });
});

describe("a conversation with much that is unread", () => {
  test("opens where that begins, and nothing counts as read that was not in view", async () => {
    await page.goto(gallery.app);
    await page.getByRole("article").first().waitFor({ state: "detached" });
    for (let message = 1; message <= 120; message++) await arrive(`unseen ${message}`);
    await page.getByRole("link", { name: /^Long history/ }).click();
    const divider = page.getByText("New messages", { exact: true });
    await divider.waitFor();
    await page.waitForTimeout(600);
    const frame = await page.getByRole("log").boundingBox();
    const { y } = (await divider.boundingBox()) ?? { y: Number.NaN };
    expect(y).toBeGreaterThan(frame?.y ?? 0);
    expect(y).toBeLessThan((frame?.y ?? 0) + (frame?.height ?? 0) / 2);
    const jump = page.getByRole("button", { name: /^Jump to newest, \d+ new/ });
    const unread = (await jump.getAttribute("aria-label"))?.match(/\d+/)?.[0];
    expect(Number(unread)).toBeGreaterThan(90);
  });

  for (const scrolled of [40, 6_000]) {
    test(`takes who reads ${scrolled} px further up to the first of it, and to the newest only then`, async () => {
      await gesture(scrolled, "mouse");
      await arriveAtOnce(60);
      await page.getByRole("button", { name: "60 new messages" }).click();
      const divider = page.getByText("New messages", { exact: true });
      await divider.waitFor();
      const top = await divider.evaluate((line) => {
        const log = line.closest("[role=log]");
        if (log === null) throw new Error("There is no log");
        return (line.getBoundingClientRect().top - log.getBoundingClientRect().top) / log.clientHeight;
      });
      expect(Math.abs(top - 0.25)).toBeLessThan(0.02);
      // What came into view is read, and nothing else.
      const newest = page.getByRole("button", { name: /^Jump to newest, [45]\d new messages$/ });
      await newest.waitFor();
      await drawn();
      expect(await divider.isVisible()).toBe(true);
      await newest.click();
      await page.locator("article[data-ordinal='100060']").waitFor();
      await newest.waitFor({ state: "detached" });
      expect((await place()).fromBottom).toBeLessThanOrEqual(1);
    });
  }
});

describe("at the newest message", () => {
  test("it stays there when messages arrive, and when the composer grows", async () => {
    for (let message = 1; message <= 5; message++) await arrive(`message ${message}`);
    await page.getByRole("article").filter({ hasText: "message 5" }).waitFor();
    expect((await place()).fromBottom).toBeLessThanOrEqual(1);
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("a\nb\nc\nd\ne\nf");
    await page.waitForTimeout(100);
    expect((await place()).fromBottom).toBeLessThanOrEqual(1);
  });

  test("a reader who scrolled up is not moved by what arrives, and is told how much there is", async () => {
    await gesture(2_000, "mouse");
    const watched = await watchRows(page, 0);
    await arrive("nobody said before");
    const jump = page.getByRole("button", { name: "1 new message", exact: true });
    await jump.waitFor();
    const { torn, back } = await watched();
    expect([torn <= 1, back <= 1]).toEqual([true, true]);
    await jump.click();
    await page.getByRole("article").filter({ hasText: "nobody said before" }).waitFor();
    await page.waitForTimeout(200);
    expect((await place()).fromBottom).toBeLessThanOrEqual(1);
  });

  test("a reader 130 messages further up is not moved by 150 that come at once, nor is any of them read", async () => {
    await gestureOn(130, "mouse");
    const { first } = await place();
    const watched = await watchRows(page, 0);
    await arriveAtOnce(150);
    await page.getByRole("button", { name: "150 new messages" }).waitFor();
    await drawn();
    const { torn, back, frames } = await watched();
    expect([torn <= 1, back <= 1, frames > 0]).toEqual([true, true, true]);
    expect((await place()).first).toBe(first);
    await page.getByRole("button", { name: "150 new messages" }).click();
    await page.getByText("New messages", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Jump to newest, 1[34]\d new messages$/ }).waitFor();
  });

  test("from far up, jumping to the newest and sending both end at the bottom", async () => {
    await gesture(20_000, "mouse");
    await page.getByRole("button", { name: "Jump to newest" }).click();
    await page.locator("article[data-ordinal='100000']").waitFor();
    await page.waitForTimeout(200);
    expect((await place()).fromBottom).toBeLessThanOrEqual(1);
    await gesture(20_000, "mouse");
    const composer = page.getByRole("textbox", { name: "Message", exact: true });
    await composer.fill("from far away");
    await composer.press("Enter");
    await page.getByRole("article").filter({ hasText: "from far away" }).waitFor();
    await page.waitForTimeout(300);
    expect((await place()).fromBottom).toBeLessThanOrEqual(1);
  });

  test("a new message leaves the rows before it alone", async () => {
    await page.getByRole("log").evaluate((log) => {
      const changes: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const key = element?.closest<HTMLElement>("article")?.dataset["key"];
          if (key !== undefined) changes.push(key);
        }
      });
      observer.observe(log, { subtree: true, childList: true, attributes: true, characterData: true });
      Object.assign(log, { changes });
    });
    await arrive("quietly");
    await page.getByRole("article").filter({ hasText: "quietly" }).waitFor();
    const changed = await page.getByRole("log").evaluate((log) => (log as typeof log & { changes: string[] }).changes);
    expect(changed).toEqual([]);
  });
});

describe("what changes its height", () => {
  test("above or below what one reads moves nothing, and in it nothing above itself", async () => {
    await gesture(3_000, "mouse");
    const watched = await watchRows(page, 0);
    await growLate(page, "above");
    await growLate(page, "below");
    await page.evaluate((conversation) => {
      const log = document.querySelector<HTMLElement>("[role=log]");
      const top = log?.getBoundingClientRect().top ?? 0;
      const rows = [...(log?.querySelectorAll<HTMLElement>("article:not(:has([data-emoji]))") ?? [])];
      const message = rows.findLast((row) => row.getBoundingClientRect().bottom < top)?.dataset["key"];
      window.dispatchEvent(new CustomEvent("demo-react", { detail: { conversation, message } }));
    }, LONG);
    await page.getByRole("button", { name: /🦔/ }).waitFor({ state: "attached" });
    await drawn();
    const { torn, back, frames } = await watched();
    expect([torn <= 1, back <= 1, frames > 3]).toEqual([true, true, true]);
    const first = await rowPlace(page);
    await growLate(page, "in view");
    expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
  });

  for (const changed of ["the list", "what is in it"] as const) {
    test(`and changes it back before that is drawn, with something else drawn between, moves nothing: ${changed}`, async () => {
      const passing = (pixels: number) =>
        page.evaluate(
          async ([conversation, what, more]) => {
            const log = document.querySelector<HTMLElement>("[role=log]");
            const element = what === "the list" ? log : log?.querySelector<HTMLElement>("article:last-child");
            if (element === null || element === undefined) throw new Error("There are no messages");
            element.style.blockSize = `${element.offsetHeight + more}px`;
            const detail = { conversation, names: [`Somebody ${more}`] };
            window.dispatchEvent(new CustomEvent("demo-type", { detail }));
            // Drawn before the next task.
            for (let turn = 0; turn < 20; turn++) await Promise.resolve();
            element.style.blockSize = "";
          },
          [LONG, changed, pixels] as const,
        );
      for (const pixels of [47, -20]) {
        await passing(pixels);
        await drawn();
        expect((await place()).fromBottom).toBeLessThanOrEqual(1);
      }
      await gesture(3_000, "mouse");
      const first = await rowPlace(page);
      for (const pixels of [47, -20]) {
        await passing(pixels);
        await drawn();
        expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
      }
    });
  }

  test("leaves the newest message at the bottom", async () => {
    for (const where of ["last", "4th-last", "above"] as const) {
      await growLate(page, where);
      expect((await place()).fromBottom).toBeLessThanOrEqual(1);
    }
  });
});

describe("a window that changes its size", () => {
  test("keeps the newest message at the bottom, and further up the first row where it is", async () => {
    const sizes = [
      { width: 1100, height: 500 },
      { width: 1100, height: 800 },
      { width: 600, height: 800 },
      { width: 1100, height: 800 },
    ];
    for (const size of sizes) {
      await page.setViewportSize(size);
      await drawn();
      expect((await place()).fromBottom).toBeLessThanOrEqual(1);
    }
    await gesture(3_000, "mouse");
    for (const size of sizes) {
      const first = await rowPlace(page);
      await page.setViewportSize(size);
      await drawn();
      expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
    }
  });

  test("because a phone shows its keyboard, too", async () => {
    const phone = { width: 390, height: 844 };
    const context = await browser.newContext({ viewport: phone, isMobile: true, hasTouch: true });
    page = await context.newPage();
    await page.goto(`${gallery.app}#/c/${LONG}`);
    await page.getByRole("article").last().waitFor();
    for (const up of [0, 2_000]) {
      await page.getByRole("log").evaluate((log, by) => log.scrollBy(0, -by), up);
      await page.getByRole("textbox", { name: "Message", exact: true }).focus();
      await drawn();
      for (const height of [480, phone.height]) {
        const first = await rowPlace(page);
        await page.setViewportSize({ ...phone, height });
        await drawn();
        if (up === 0) expect((await place()).fromBottom).toBeLessThanOrEqual(1);
        else expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
      }
    }
  });
});

for (const viewport of [
  { width: 1100, height: 800 },
  { width: 390, height: 700 },
]) {
  test(`nothing shifts at ${viewport.width} px, from the start on: the connection that goes and comes, nor who types`, async () => {
    page = await (await browser.newContext({ viewport })).newPage();
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
          const moved = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML : "").slice(0, 120));
          if (!entry.hadRecentInput) shifts.push(`${entry.value} ${moved.join(" ")}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(gallery.app);
    await page.getByRole("navigation").getByRole("listitem").first().waitFor();
    await drawn();
    await page.evaluate((id) => {
      location.hash = `#/c/${id}`;
    }, LONG);
    await page.getByRole("article").last().waitFor();
    await drawn();
    const before = await rowPlace(page);
    const told = (name: string, detail: unknown) =>
      page.evaluate(([kind, value]) => window.dispatchEvent(new CustomEvent(kind, { detail: value })), [
        name,
        detail,
      ] as const);
    const banner = page.getByRole("region", { name: "Connection" });
    await told("demo-connection", "offline");
    await banner.waitFor();
    await drawn();
    // Nothing that one presses lies under it.
    await page.getByRole("button", { name: "More actions", exact: true }).click({ trial: true });
    await page.getByRole("textbox", { name: "Message", exact: true }).click({ trial: true });
    await told("demo-connection", "online");
    await banner.waitFor({ state: "detached" });
    await told("demo-type", { conversation: LONG, names: ["Suki Vance"] });
    await page.getByRole("main").getByText("Suki Vance is typing").first().waitFor();
    await told("demo-type", { conversation: LONG, names: [] });
    await drawn();
    expect(await movedBy(page, before)).toBe(0);
    expect(await page.evaluate(() => (window as typeof window & { shifts: string[] }).shifts)).toEqual([]);
  });
}

test("coming back to a conversation, one is where one left it, and not where one had come back to its newest message", async () => {
  const elsewhere = LONG.replace(/2$/, "3");
  const goTo = async (conversation: string) => {
    await page.evaluate((id) => {
      location.hash = `#/c/${id}`;
    }, conversation);
    await page.locator(`article[data-key^="${conversation}"]`).first().waitFor();
    await drawn();
  };
  await gesture(9_000, "mouse");
  const left = await rowPlace(page);
  await goTo(elsewhere);
  await goTo(LONG);
  expect(await movedBy(page, left)).toBeLessThanOrEqual(1);
  expect(await page.locator("article").last().getAttribute("aria-setsize")).toBe("-1");
  await page.getByRole("button", { name: "Jump to newest" }).click();
  await page.locator("article[data-ordinal='100000']").waitFor();
  await drawn();
  await goTo(elsewhere);
  await goTo(LONG);
  expect((await place()).fromBottom).toBeLessThanOrEqual(1);
});

test("each of 50 conversations opens at its newest message", async () => {
  await page.goto(`${gallery.app}?many=150`);
  await page.getByRole("navigation").waitFor();
  const off = await page.evaluate(async () => {
    // Those with the most messages; in none of them anything is unread.
    const places = [...[0, 2, 3, 4, 5], ...Array.from({ length: 45 }, (_, at) => 1_012 + at + (at < 28 ? 0 : 12))];
    const found: string[] = [];
    for (const at of places) {
      const id = `00000000-0000-7000-9000-${String(at).padStart(12, "0")}`;
      location.hash = `#/c/${id}`;
      while (document.querySelector(`[role=log] article[data-key^="${id}"]`) === null) {
        await new Promise(requestAnimationFrame);
      }
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const log = document.querySelector("[role=log]");
      const distance = log === null ? Number.NaN : log.scrollHeight - log.clientHeight - log.scrollTop;
      if (!(distance <= 1)) found.push(`${id}: ${distance}`);
    }
    return found;
  });
  expect(off).toEqual([]);
});

describe("a date", () => {
  async function goTo(date: Date) {
    await page.keyboard.press("Control+f");
    const pad = (n: number) => String(n).padStart(2, "0");
    const text = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    await page.getByLabel("Date", { exact: true }).fill(text);
    await page.getByRole("button", { name: "Go to date" }).press("Enter");
  }

  test("of three years ago is gone to in one step, to its first message, and one scrolls on from there both ways", async () => {
    const date = new Date();
    date.setFullYear(date.getFullYear() - 3);
    await goTo(date);
    const first = page.locator("article[data-pointed]");
    await first.waitFor();
    const day = await first.evaluate((article) => {
      let row = article.previousElementSibling;
      while (row instanceof HTMLElement && row.dataset["kind"] !== "day" && row.localName !== "article") {
        row = row.previousElementSibling;
      }
      return row instanceof HTMLElement && row.dataset["kind"] === "day" ? row.textContent : "no day";
    });
    const said = await page.evaluate((at) => {
      const parts = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
      return new Intl.DateTimeFormat(navigator.language, parts).format(at);
    }, date.getTime());
    expect(day).toBe(said);
    const { first: before } = await place();
    await page.keyboard.press("Escape");
    await gesture(6_000, "mouse");
    expect((await place()).first).toBeLessThan(before);
    await gesture(-12_000, "mouse");
    expect((await place()).first).toBeGreaterThan(before);
  });

  test("after the newest message is said to have none", async () => {
    await goTo(new Date(Date.now() + 90 * 86_400_000));
    await page.getByText("There is no message on that day or after it.").first().waitFor();
  });
});

describe("the own message", () => {
  test("is painted in the frame of the Enter that sent it", async () => {
    const composer = page.getByRole("textbox", { name: "Message", exact: true });
    await composer.fill("in this very frame");
    const shown = page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          document.addEventListener("keydown", () => {
            // The next frame's callbacks run before it is painted.
            requestAnimationFrame(() => {
              const last = [...document.querySelectorAll("article")].at(-1);
              resolve(last?.textContent?.includes("in this very frame") ?? false);
            });
          });
        }),
    );
    await composer.press("Enter");
    expect(await shown).toBe(true);
  });
});
