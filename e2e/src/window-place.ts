import type { Asked } from "./asked.ts";

/** Where the window of messages stands. */
export interface WindowPlace {
  /** How many messages are in the page. */
  readonly rows: number;
  /** The ordinal of the first message of which something is in view, and that of the last one in the page. */
  readonly first: number;
  readonly newest: number;
  /** In pixels. */
  readonly fromBottom: number;
}

export function windowPlace(page: Asked): Promise<WindowPlace> {
  return page.evaluate(() => {
    const log = document.querySelector<HTMLElement>("[role=log]");
    if (log === null) throw new Error("There is no log");
    const articles = [...log.querySelectorAll<HTMLElement>("article")];
    const { top } = log.getBoundingClientRect();
    const first = articles.find((article) => article.getBoundingClientRect().bottom > top);
    return {
      rows: articles.length,
      first: Number(first?.dataset["ordinal"]),
      newest: Number(articles.at(-1)?.dataset["ordinal"]),
      fromBottom: log.scrollHeight - log.clientHeight - log.scrollTop,
    };
  }, undefined);
}
