import { afterAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { serveGallery } from "./src/gallery.ts";
import { growLate } from "./src/late-growth.ts";
import { type DrivenPage, HEIGHT, until, WIDTH } from "./src/other-browsers/driven-page.ts";
import { FirefoxPage } from "./src/other-browsers/firefox-page.ts";
import { WebKitPage } from "./src/other-browsers/webkit-page.ts";
import { movedBy, rowPlace } from "./src/row-place.ts";
import { watchRows } from "./src/row-watch.ts";
import { windowPlace } from "./src/window-place.ts";

/** The conversation of 100,000 messages of the gallery. */
const LONG = "00000000-0000-7000-9000-000000000002";
/** So many notches of a wheel go back through more than a page of messages. */
const FAR = 150;

setDefaultTimeout(120_000);
const gallery = await serveGallery();
afterAll(() => gallery.stop());

for (const Driven of [FirefoxPage, WebKitPage]) {
  const page = await Driven.start();
  afterAll(() => page.close());

  describe(`the message list in ${page.browser}`, () => {
    beforeEach(async () => {
      await page.open("about:blank");
      await page.open(`${gallery.app}#/c/${LONG}`);
      await until(
        page,
        "the newest message",
        () => document.querySelector("article[data-ordinal='100000']") !== null,
        0,
      );
      await settled(page);
    });

    test("by wheel: no row jumps while older ones arrive above, and it lands where it should", async () => {
      const watched = await watchRows(page, 1);
      await page.wheel(-FAR);
      await settled(page);
      const { torn, back, frames } = await watched();
      expect(frames).toBeGreaterThan(10);
      expect(torn).toBeLessThanOrEqual(1);
      expect(back).toBeLessThanOrEqual(1);
      const { first, rows } = await place(page);
      // 80 to 120 px for each notch, and for each row. A list that runs away is thousands off.
      expect(100_000 - first).toBeGreaterThan(70);
      expect(100_000 - first).toBeLessThan(500);
      expect(rows).toBeLessThanOrEqual(200);
    });

    test("back down again, rows leave above and come below without a jump", async () => {
      await page.wheel(-FAR);
      await settled(page);
      const watched = await watchRows(page, -1);
      await page.wheel(FAR / 2);
      await settled(page);
      const { torn, back } = await watched();
      expect([torn <= 1, back <= 1]).toEqual([true, true]);
      await page.wheel(2 * FAR);
      await settled(page);
      expect(await place(page)).toMatchObject({ newest: 100_000, fromBottom: 0 });
    });

    test("by keyboard, page by page and to both ends, nothing jumps", async () => {
      await page.evaluate(() => document.querySelector<HTMLElement>("[role=log]")?.focus(), 0);
      const watched = await watchRows(page, 1);
      for (let turn = 0; turn < 5; turn++) await page.press("PageUp");
      await settled(page);
      expect((await watched()).torn).toBeLessThanOrEqual(1);
      const { first } = await place(page);
      expect(first).toBeLessThan(99_990);
      await page.press("End");
      await settled(page);
      expect((await place(page)).fromBottom).toBe(0);
    });

    test("older rows that come while it is at the very top leave everything in place", async () => {
      for (let turn = 0; turn < 3; turn++) {
        const moved = await page.evaluate(async () => {
          const log = document.querySelector<HTMLElement>("[role=log]");
          const first = log?.querySelector<HTMLElement>("article");
          if (log === null || first === null || first === undefined) throw new Error("There is no row");
          log.scrollTop = 0;
          const { top } = first.getBoundingClientRect();
          while (log.querySelector("article") === first) await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          return Math.abs(first.getBoundingClientRect().top - top);
        }, 0);
        expect(moved).toBeLessThanOrEqual(1);
      }
    });

    test("a reader who scrolled up is not moved by what arrives, and gets to it in one step", async () => {
      await page.wheel(-20);
      await settled(page);
      const watched = await watchRows(page, 0);
      await arrive(page, "nobody said before");
      await until(page, "to be told of it", () => jumpButton("1 new message") !== undefined, 0);
      const { torn, back } = await watched();
      expect([torn <= 1, back <= 1]).toEqual([true, true]);
      await page.evaluate(() => jumpButton("")?.click(), 0);
      await until(
        page,
        "the newest",
        (text) => document.querySelector("[role=log]")?.textContent?.includes(text) === true,
        "nobody said before",
      );
      await settled(page);
      expect((await place(page)).fromBottom).toBe(0);
    });

    test("at the bottom it stays there, and further up the row at the top stays, when the window changes its size", async () => {
      await page.resize(WIDTH, HEIGHT - 300);
      await settled(page);
      expect((await place(page)).fromBottom).toBe(0);
      await page.resize(WIDTH, HEIGHT);
      await page.wheel(-40);
      await settled(page);
      for (const [width, height] of [
        [600, HEIGHT],
        [WIDTH, HEIGHT],
        [WIDTH, HEIGHT - 300],
        [WIDTH, HEIGHT],
      ] as const) {
        const first = await rowPlace(page);
        await page.resize(width, height);
        await settled(page);
        expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
      }
    });

    test("what grows late above or below what one reads moves nothing, nor does it the newest message from the bottom", async () => {
      for (const where of ["last", "4th-last", "above"] as const) {
        await growLate(page, where);
        expect((await place(page)).fromBottom).toBe(0);
      }
      await page.wheel(-40);
      await settled(page);
      const first = await rowPlace(page);
      for (const where of ["above", "below", "in view"] as const) {
        await growLate(page, where);
        expect(await movedBy(page, first)).toBeLessThanOrEqual(1);
      }
    });
  });
}

/** In the page: the button that leads to what is unread, or to the newest message, if its name has this in it. */
declare function jumpButton(rest: string): HTMLElement | undefined;

/** These browsers place things on fractions of a pixel. */
async function place(page: DrivenPage) {
  const { fromBottom, ...rest } = await windowPlace(page);
  return { ...rest, fromBottom: Math.floor(Math.abs(fromBottom)) };
}

function arrive(page: DrivenPage, text: string): Promise<boolean> {
  const detail = { conversation: LONG, text };
  return page.evaluate((event) => window.dispatchEvent(new CustomEvent("demo-arrive", { detail: event })), detail);
}

/** Resolves when nothing has moved for a while. */
async function settled(page: DrivenPage): Promise<void> {
  await page.evaluate(async () => {
    const place = () => {
      const article = document.querySelector("article");
      return `${article?.getBoundingClientRect().top} ${article?.dataset["ordinal"]} ${window.innerWidth} ${window.innerHeight}`;
    };
    for (let still = 0, before = ""; still < 20; still++) {
      const now = place();
      if (now !== before) still = 0;
      before = now;
      await new Promise(requestAnimationFrame);
    }
    Object.assign(window, {
      jumpButton: (rest: string) =>
        [...document.querySelectorAll<HTMLElement>("button")].find(
          (button) =>
            /^Jump to newest|^\d+ new message/.test(button.ariaLabel ?? "") && button.ariaLabel?.includes(rest),
        ),
    });
  }, 0);
}
