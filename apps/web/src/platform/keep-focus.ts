/** What a lost focus stays within, from the nearest on; one with a `tabindex` takes it itself. */
const SCOPE = "[tabindex], form, section, search, dialog, body";
/** Where in a scope it goes, if there is such a thing. */
const HOME = "[data-focus-home]";
/** What the Tab key reaches. */
const REACHED = "a[href], button, input, textarea, select, [tabindex]";

/**
 * Where what has the focus leaves the page (a button whose work is done, a row that is recycled, a whole screen), is hidden or disabled, browsers leave the focus
 * nowhere, and the next Tab begins at the very top. Here it goes to what is nearest. A press beside everything still means nothing.
 */
export function keepFocus(document: Document): void {
  /** What has the focus or had it last, and what that lies in, from the inside out. */
  let path: readonly HTMLElement[] = [];
  const look = () => {
    const [last] = path;
    if (last === undefined || document.activeElement !== document.body) return;
    if (last.isConnected && isThere(last)) path = [];
    else refuge(path)?.focus();
  };
  document.addEventListener("focusin", ({ target }) => {
    path = pathOf(target);
  });
  document.addEventListener("focusout", ({ relatedTarget }) => {
    // Otherwise it is on its way to something.
    if (relatedTarget === null) queueMicrotask(look);
  });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}

function pathOf(target: EventTarget | null): readonly HTMLElement[] {
  const path: HTMLElement[] = [];
  for (let at = target; at instanceof HTMLElement; at = at.parentElement) path.push(at);
  return path;
}

function refuge(path: readonly HTMLElement[]): HTMLElement | undefined {
  for (const scope of path) {
    if (!scope.matches(SCOPE) || !scope.isConnected || !isThere(scope)) continue;
    if (scope.matches("[tabindex]")) return scope;
    const inside = firstOf(scope, HOME) ?? firstOf(scope, REACHED);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function firstOf(scope: HTMLElement, what: string): HTMLElement | undefined {
  const found = [...scope.querySelectorAll<HTMLElement>(what)];
  return found.find((element) => isThere(element) && (what === HOME || element.tabIndex >= 0));
}

function isThere(element: HTMLElement): boolean {
  return element.checkVisibility() && !element.matches(":disabled");
}
