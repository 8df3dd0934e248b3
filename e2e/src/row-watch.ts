import type { Asked } from "./asked.ts";

interface Watched {
  /** How far two rows moved differently within one frame, at most. */
  readonly torn: number;
  /** How far the rows in view moved against the direction of scrolling, at most. */
  readonly back: number;
  readonly frames: number;
}

/**
 * Watches, frame by frame, how the messages in view move on the screen until asked. Rows that move together were scrolled; rows that move apart
 * jumped.
 *
 * @param direction 1 where rows should only move down (scrolling up), -1 for up, 0 for not at all
 */
export async function watchRows(page: Asked, direction: -1 | 0 | 1): Promise<() => Promise<Watched>> {
  await page.evaluate((wanted) => {
    const log = document.querySelector<HTMLElement>("[role=log]");
    if (log === null) throw new Error("There is no log");
    const watched = { torn: 0, back: 0, frames: 0 };
    let before = new Map<string, number>();
    const look = () => {
      const now = new Map<string, number>();
      const frame = log.getBoundingClientRect();
      for (const article of log.querySelectorAll<HTMLElement>("article")) {
        const { top, bottom } = article.getBoundingClientRect();
        if (bottom > frame.top && top < frame.bottom) now.set(article.dataset["key"] ?? "", top);
      }
      const moves = [...now].flatMap(([key, top]) => {
        const was = before.get(key);
        return was === undefined ? [] : [top - was];
      });
      if (moves.length > 0) {
        watched.frames += 1;
        watched.torn = Math.max(watched.torn, Math.max(...moves) - Math.min(...moves));
        const back = wanted === 0 ? Math.max(...moves.map(Math.abs)) : Math.max(...moves.map((move) => -move * wanted));
        watched.back = Math.max(watched.back, back);
      }
      before = now;
      if (log.dataset["watched"] !== "done") requestAnimationFrame(look);
    };
    delete log.dataset["watched"];
    Object.assign(log, { watched });
    requestAnimationFrame(look);
  }, direction);
  return () =>
    page.evaluate(() => {
      const log = document.querySelector<HTMLElement & { watched?: Watched }>("[role=log]");
      if (log?.watched === undefined) throw new Error("Nothing was watched");
      log.dataset["watched"] = "done";
      return log.watched;
    }, undefined);
}
