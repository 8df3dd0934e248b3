import type { Page } from "playwright-core";

/**
 * What can be acted on and cannot be pressed where it stands, one line for each: beyond the edges of the screen even after it was scrolled to, cut off
 * there, or under something else. While a dialog, a menu or another popover is open, only what is in the topmost one counts.
 */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const PRESSED = "a[href], button, input, textarea, select, [role=option], [role=menuitem], [role=gridcell]";
    /** Of many that are alike, the last ones stand for all. */
    const isOneOfMany = (element: Element) => {
      const article = element.closest("article");
      if (article !== null) return article !== [...document.querySelectorAll("article")].at(-1);
      return element.closest("[role=row]")?.matches(":nth-last-child(n + 3)") ?? false;
    };
    const name = (element: Element) =>
      `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40) ?? ""}`;
    const top = [
      ...document.querySelectorAll(":modal, [popover][role]:popover-open, [popover]:has([role=menu]):popover-open"),
    ].at(-1);
    /** A label stands for the field that it holds. */
    const isHit = (element: Element, x: number, y: number) => {
      const seen = document.elementFromPoint(x, y);
      return (
        seen !== null && (element.contains(seen) || (element.closest("label, [data-text]")?.contains(seen) ?? false))
      );
    };
    const found: string[] = [];
    for (const element of (top ?? document.body).querySelectorAll<HTMLElement>(PRESSED)) {
      if (isOneOfMany(element)) continue;
      if (!element.checkVisibility({ opacityProperty: false, visibilityProperty: true })) continue;
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const { left, right, top: upper, bottom } = element.getBoundingClientRect();
      if (right - left < 2 || bottom - upper < 2) continue;
      if (left < -1 || right > innerWidth + 1) found.push(`beyond the sides: ${name(element)}`);
      else if (bottom - upper < innerHeight && (upper < -1 || bottom > innerHeight + 1)) {
        found.push(`above or below: ${name(element)}`);
      } else {
        const [width, height] = [right - left, Math.min(bottom, innerHeight) - Math.max(upper, 0)];
        const from = Math.max(upper, 0);
        const missed = [0.25, 0.5, 0.75].filter((part) => !isHit(element, left + part * width, from + part * height));
        if (missed.length > 0) found.push(`covered or cut off: ${name(element)}`);
      }
    }
    return found;
  });
}
