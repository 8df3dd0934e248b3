/** Rows of a long list that are drawn: from `first` up to, but not with, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Pixels of a list whose rows are all of one height. */
export interface ListGeometry {
  readonly scrolled: number;
  readonly viewport: number;
  readonly row: number;
}

/** Drawn beyond each edge of the viewport, so that there is something to see before the next are drawn. */
const BEYOND = 40;
/** The window moves by so many, so that not every row that is scrolled past draws anything. */
const STEP = 10;

export const firstWindow: RowWindow = { first: 0, end: BEYOND + STEP };

/** The rows to draw; the ones before where nothing can be measured, as in a list that is not shown. */
export function windowAt({ scrolled, viewport, row }: ListGeometry, before: RowWindow): RowWindow {
  if (row <= 0 || viewport <= 0) return before;
  const first = Math.floor((scrolled / row - BEYOND) / STEP) * STEP;
  const end = Math.ceil(((scrolled + viewport) / row + BEYOND) / STEP) * STEP;
  const next = { first: Math.max(0, first), end };
  return next.first === before.first && next.end === before.end ? before : next;
}

/** The indexes to draw, in order: the window's, and one that is kept whatever is in view, such as that with the focus. */
export function drawnIndexes({ first, end }: RowWindow, count: number, kept: number): readonly number[] {
  const [from, to] = [Math.min(first, count), Math.min(end, count)];
  const near = Array.from({ length: to - from }, (_, index) => from + index);
  if (kept < 0 || kept >= count) return near;
  if (kept < from) return [kept, ...near];
  return kept >= to ? [...near, kept] : near;
}

/** How far to scroll for a whole row to be in view: 0 if it is. */
export function distanceTo(index: number, { scrolled, viewport, row }: ListGeometry): number {
  const [top, bottom] = [index * row, (index + 1) * row];
  if (top < scrolled) return top - scrolled;
  return bottom > scrolled + viewport ? bottom - scrolled - viewport : 0;
}

/**
 * By how many rows what is in view moved when the list changed its order: of the rows from the first in view on, the smallest move of any, as
 * all but those that jumped up or down move by the same.
 */
export function rowsMoved(before: readonly string[], after: readonly string[], firstInView: number): number {
  const [anchor] = before
    .slice(firstInView, firstInView + ANCHORS)
    .flatMap((id, offset) => {
      const now = after.indexOf(id);
      return now < 0 ? [] : [now - firstInView - offset];
    })
    .sort((one, other) => Math.abs(one) - Math.abs(other));
  return anchor ?? 0;
}

const ANCHORS = 3;
