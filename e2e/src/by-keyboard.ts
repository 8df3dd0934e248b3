import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { expectSoon } from "./expect-soon.ts";

const MOST_TABS = 80;
const KEYS_TOLD = 12;

/** Somebody who has a keyboard and nothing else, and has to see where they are all the time. */
export class ByKeyboard {
  readonly page: Page;
  /** The newest keys, for whoever reads why it failed. */
  #pressed: readonly string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens an address in a fresh page that notes every frame in which the focus is nowhere. */
  static async open(page: Page, address: string): Promise<ByKeyboard> {
    await page.addInitScript(() => {
      const losses: string[] = [];
      Object.assign(window, { losses });
      let last: Element | undefined;
      const look = () => {
        const { activeElement, body } = document;
        if (activeElement !== null && activeElement !== body) last = activeElement;
        else if (last !== undefined) losses.push(last.outerHTML.slice(0, 120));
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(address);
    return new ByKeyboard(page);
  }

  /** Presses keys, one after the other, and looks where the focus is after each. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#pressed = [...this.#pressed, key].slice(-KEYS_TOLD);
      await this.page.keyboard.press(key);
      await this.seesFocus();
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.seesFocus();
  }

  /** By Tab, or by Shift and Tab. */
  async goTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    for (let tabs = 0; tabs < MOST_TABS && !(await hasFocus(target)); tabs++) await this.press(key);
    expect(await hasFocus(target)).toBe(true);
  }

  async isAt(target: Locator): Promise<void> {
    await expectSoon(async () => {
      const focused = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
      expect([await hasFocus(target), focused]).toEqual([true, focused]);
    });
    await this.seesFocus();
  }

  /** What has the focus is on the screen, not covered, and marked by a line round it or round the field that it belongs to. */
  async seesFocus(): Promise<void> {
    await expectSoon(async () => {
      const unseen = await this.page.evaluate(unseenFocus);
      if (unseen !== "") throw new Error(`After ${this.#pressed.join(" ")}: ${unseen}`);
    });
  }

  /** What had the focus whenever it was lost, from the first focus on. */
  losses(): Promise<readonly string[]> {
    return this.page.evaluate(() => Reflect.get(window, "losses"));
  }
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) > 0 && target.first().evaluate((element) => element === document.activeElement);
}

/** What is wrong with the focus; empty if nothing is. Runs in the page. */
function unseenFocus(): string {
  const focused = document.activeElement;
  const losses: readonly string[] = Reflect.get(window, "losses");
  if (focused === null || focused === document.body) return `nothing has the focus; lost by: ${losses.at(-1)}`;
  const name = focused.outerHTML.slice(0, 160);
  if (!focused.matches(":focus-visible")) return `not marked: ${name}`;
  const isLined = (element: Element | null | undefined) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  };
  // A field within a larger one is marked by the line of that; a hidden radio button or switch by that of what is drawn for it.
  const around = [focused, focused.nextElementSibling, focused.parentElement, focused.parentElement?.parentElement];
  if (!around.some(isLined)) return `no line round it: ${name}`;
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const [x, y] = [
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  ];
  const seen = document.elementFromPoint(x, y);
  const isOver = seen !== null && (focused.contains(seen) || seen.contains(focused));
  const isBeside = seen !== null && focused.parentElement?.contains(seen) === true;
  return isOver || isBeside ? "" : `covered or beyond the edge: ${name}`;
}
