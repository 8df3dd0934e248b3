/** A row and where it stands on the screen. */
export interface WindowAnchor {
  readonly element: HTMLElement;
  /** From the top of the scroller, in pixels. */
  readonly top: number;
  readonly scrollTop: number;
}

/**
 * The first row of which something is in view, of those that survive. An entry before any note, because a note (a day, a hole) keeps its key when
 * it moves to before older entries.
 */
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
  let note: HTMLElement | undefined;
  for (let index = low; index < rows.length; index++) {
    const row = rows[index];
    if (!(row instanceof HTMLElement) || !survives(row.dataset["key"] ?? "")) continue;
    if (isEntry(row)) return anchorOf(row, scroller);
    note ??= row;
  }
  return note && anchorOf(note, scroller);
}

function isEntry(row: HTMLElement): boolean {
  return row.matches("article, [data-ordinal]");
}

/** Whether an entry was at the edge and no entry is left there that could hold the place for it. */
export function lostPlace(before: WindowAnchor | undefined, kept: WindowAnchor | null): boolean {
  return (
    before !== undefined &&
    !before.element.isConnected &&
    isEntry(before.element) &&
    (kept === null || !isEntry(kept.element))
  );
}

export function anchorOf(element: HTMLElement, scroller: HTMLElement): WindowAnchor {
  const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return { element, top, scrollTop: scroller.scrollTop };
}

export function rowAt(content: HTMLElement, key: string): HTMLElement | undefined {
  for (const row of content.children) {
    if (row instanceof HTMLElement && row.dataset["key"] === key) return row;
  }
  return undefined;
}
