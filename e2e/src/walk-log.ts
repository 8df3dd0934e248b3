import type { Asked } from "./asked.ts";

/**
 * Reads on to an end of the list, and rejects where entries that stand next to each other do not follow each other, or where it does not go on for a
 * while.
 *
 * @returns the ordinals that were there on the way, the smallest and the greatest
 */
export function walkLog(page: Asked, direction: "up" | "down", last: number): Promise<readonly [number, number]> {
  return page.evaluate(
    async ({ up, end }) => {
      const log = document.querySelector<HTMLElement>("[role=log]");
      if (log === null) throw new Error("There is no log");
      let least = Number.POSITIVE_INFINITY;
      let greatest = 0;
      for (let still = 0; still < 600; still++) {
        let before: number | undefined;
        const place = log.scrollTop;
        const known = greatest - least;
        for (const row of log.querySelectorAll<HTMLElement>("[data-key]")) {
          const isNote = ["day", "unread", "beginning"].includes(row.dataset["kind"] ?? "");
          const ordinal = row.dataset["ordinal"] === undefined ? undefined : Number(row.dataset["ordinal"]);
          if (ordinal !== undefined) {
            if (before !== undefined && ordinal !== before + 1) throw new Error(`${ordinal} stands after ${before}`);
            least = Math.min(least, ordinal);
            greatest = Math.max(greatest, ordinal);
          }
          if (!isNote) before = ordinal;
        }
        log.scrollTop += (up ? -1.5 : 1.5) * log.clientHeight;
        await new Promise(requestAnimationFrame);
        const moved = log.scrollTop !== place || greatest - least !== known;
        if (moved) still = 0;
        else if (up ? least === 1 : greatest === end) return [least, greatest] as const;
      }
      throw new Error(`It does not go on: ${least} to ${greatest} were there`);
    },
    { up: direction === "up", end: last },
  );
}
