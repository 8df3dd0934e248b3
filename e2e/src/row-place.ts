import type { Asked } from "./asked.ts";

/** A message, and how many pixels below the upper edge of the list it stands. */
export interface RowPlace {
  readonly key: string;
  readonly top: number;
}

/** Of the first message of which something is in view, or of the one with a key. NaN where it is not there. */
export function rowPlace(page: Asked, key = ""): Promise<RowPlace> {
  return page.evaluate((wanted) => {
    const log = document.querySelector<HTMLElement>("[role=log]");
    if (log === null) throw new Error("There is no log");
    const { top } = log.getBoundingClientRect();
    const row = [...log.querySelectorAll<HTMLElement>("article")].find((article) =>
      wanted === "" ? article.getBoundingClientRect().bottom > top : article.dataset["key"] === wanted,
    );
    return {
      key: row?.dataset["key"] ?? "",
      top: row === undefined ? Number.NaN : row.getBoundingClientRect().top - top,
    };
  }, key);
}

/** By how many pixels a message has moved since. */
export async function movedBy(page: Asked, before: RowPlace): Promise<number> {
  return Math.abs((await rowPlace(page, before.key)).top - before.top);
}
