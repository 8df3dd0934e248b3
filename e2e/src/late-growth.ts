import type { Asked } from "./asked.ts";

/** A message by where it is: next to the part in view, in its middle, or counted from the newest. */
export type GrowingRow = "above" | "in view" | "below" | "last" | "4th-last";

/** Makes a message 180 px higher, as a picture does that comes late. Resolves when that was painted. */
export function growLate(page: Asked, where: GrowingRow): Promise<void> {
  return page.evaluate(async (wanted) => {
    const log = document.querySelector<HTMLElement>("[role=log]");
    if (log === null) throw new Error("There is no log");
    const { top, bottom } = log.getBoundingClientRect();
    const rows = [...log.querySelectorAll<HTMLElement>("article")];
    const first = rows.findIndex((row) => row.getBoundingClientRect().bottom > top);
    const last = rows.findLastIndex((row) => row.getBoundingClientRect().top < bottom);
    const places = { above: first - 3, "in view": (first + last) >> 1, below: last + 3, last: -1, "4th-last": -4 };
    const row = rows.at(places[wanted]);
    if (row === undefined) throw new Error("There is no such row");
    // Within a frame, so that who watches frame by frame sees what is painted.
    await new Promise(requestAnimationFrame);
    row.style.paddingBlockEnd = `${180 + Number.parseFloat(getComputedStyle(row).paddingBlockEnd)}px`;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, where);
}
