import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import styles from "./sticky-day.module.css";

export interface StickyDayHandle {
  /** The reader scrolled. @param first the first message in view */
  scrolled(first: HTMLElement): void;
}

/** It would lie over what one reads for longer. */
const SHOWN_MS = 1_200;
/** A day that stands among the messages this close to the upper edge says it already. */
const CLOSE_PX = 48;

/** The day of the first message in view, over the messages while the reader scrolls: no row moves for it. */
export function StickyDay({ handle }: { readonly handle: Ref<StickyDayHandle> }) {
  const [day, setDay] = useState("");
  const [shown, setShown] = useState(false);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useImperativeHandle(handle, () => ({
    scrolled: (first) => {
      const next = hasDayClose(first) ? undefined : dayBefore(first);
      window.clearTimeout(timer.current);
      if (next !== undefined) {
        setDay(next);
        timer.current = window.setTimeout(() => setShown(false), SHOWN_MS);
      }
      setShown(next !== undefined);
    },
  }));
  return (
    <p className={styles["day"]} data-shown={shown} aria-hidden="true">
      {day}
    </p>
  );
}

function dayBefore(first: HTMLElement): string | undefined {
  let row = first.previousElementSibling;
  while (row !== null && !isDay(row)) row = row.previousElementSibling;
  return row?.textContent ?? undefined;
}

function hasDayClose(first: HTMLElement): boolean {
  const edge = first.closest("[role=log]")?.getBoundingClientRect().top ?? 0;
  const above = first.previousElementSibling;
  if (above !== null && isDay(above) && above.getBoundingClientRect().bottom > edge) return true;
  let row = first.nextElementSibling;
  while (row !== null && row.getBoundingClientRect().top < edge + CLOSE_PX) {
    if (isDay(row)) return true;
    row = row.nextElementSibling;
  }
  return false;
}

function isDay(row: Element): boolean {
  return row instanceof HTMLElement && row.dataset["kind"] === "day";
}
