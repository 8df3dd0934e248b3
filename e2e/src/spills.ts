import type { Page } from "playwright-core";

/** What does not fit: elements that reach over the edges of the screen, and texts that reach out of their element to the side. One line for each. */
export function spills(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element) => `${element.tagName} ${element.className}: ${element.textContent?.slice(0, 40)}`;
    const clips = (element: Element) => getComputedStyle(element).overflowX !== "visible";
    const isClipped = (element: Element): boolean => {
      const { parentElement } = element;
      return (
        parentElement !== null && parentElement !== document.body && (clips(parentElement) || isClipped(parentElement))
      );
    };
    /** Read aloud only: it and all that is in it are cut down to a pixel, which may be a little more while something grows into view. */
    const isUnseen = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      const { parentElement } = element;
      return (width < 2 && height < 2 && clips(element)) || (parentElement !== null && isUnseen(parentElement));
    };
    const hasText = ({ childNodes }: Element) =>
      [...childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim() !== "");
    const found: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0 || element.closest("svg") !== null) continue;
      const leaves = left < -1 || right > window.innerWidth + 1;
      if (leaves && !isClipped(element)) found.push(`leaves the screen: ${name(element)}`);
      if (
        hasText(element) &&
        !clips(element) &&
        !isUnseen(element) &&
        element.clientWidth > 0 &&
        element.scrollWidth > element.clientWidth + 1
      ) {
        found.push(`is too small: ${name(element)}`);
      }
    }
    if (document.documentElement.scrollWidth > window.innerWidth) found.push("the page scrolls to the side");
    return found;
  });
}
