/** A row and where it stands on the screen. */
export interface WindowAnchor {
  readonly element: HTMLElement;
  /** From the top of the scroller, in pixels. */
  readonly top: number;
  readonly scrollTop: number;
}

/** The first row of which something is in view, of those that survive. */
export function takeAnchor(
  scroller: HTMLElement,
  content: HTMLElement,
  survives: (key: string) => boolean,
): WindowAnchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  const rows = content.children;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) <= edge) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < rows.length; index++) {
    const row = rows[index];
    if (row instanceof HTMLElement && survives(row.dataset["key"] ?? "")) {
      return { element: row, top: row.getBoundingClientRect().top - edge, scrollTop: scroller.scrollTop };
    }
  }
  return undefined;
}

export function rowAt(content: HTMLElement, key: string): HTMLElement | undefined {
  for (const row of content.children) {
    if (row instanceof HTMLElement && row.dataset["key"] === key) return row;
  }
  return undefined;
}
