import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { distanceTo, firstWindow, type ListGeometry, type RowWindow, rowsMoved, windowAt } from "./row-window.ts";

export interface LongList {
  /** Lies directly in what it is scrolled in. */
  readonly list: RefObject<HTMLElement | null>;
  /** In order. */
  readonly ids: readonly string[];
  /** Another list begins at its first row. */
  readonly of: string;
  /** Is brought into view once, whenever it is another one. */
  readonly selected: string | undefined;
}

export interface LongListWindow {
  readonly drawn: RowWindow;
  /** Scrolls until a row is in view. */
  readonly bring: (index: number) => void;
}

/** Which rows of a list are near its viewport. Rows that one sees stay where they are while others come above them, but for the very top. */
export function useRowWindow({ list, ids, of, selected }: LongList): LongListWindow {
  const [drawn, setDrawn] = useState(firstWindow);
  const shown = useRef({ ids, of, selected: undefined as string | undefined });
  const bring = useCallback(
    (index: number) => {
      const scroller = list.current?.parentElement;
      if (scroller && index >= 0) scroller.scrollTop += distanceTo(index, geometryOf(list.current));
    },
    [list],
  );
  const measure = useCallback(() => {
    const geometry = geometryOf(list.current);
    setDrawn((before) => windowAt(geometry, before));
  }, [list]);
  useLayoutEffect(() => {
    const element = list.current?.parentElement;
    const geometry = geometryOf(list.current);
    // Not shown, as on a phone beside an open conversation.
    if (!element || geometry.row <= 0 || geometry.viewport <= 0) return;
    const before = shown.current;
    if (of !== before.of) element.scrollTop = 0;
    else if (ids !== before.ids && geometry.scrolled > 0) {
      const firstInView = Math.floor(geometry.scrolled / geometry.row);
      element.scrollTop += rowsMoved(before.ids, ids, firstInView) * geometry.row;
    }
    const index = selected === undefined || selected === before.selected ? -1 : ids.indexOf(selected);
    bring(index);
    shown.current = { ids, of, selected: index < 0 && selected !== undefined ? before.selected : selected };
    measure();
  });
  useLayoutEffect(() => {
    const element = list.current?.parentElement;
    if (!list.current || !element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(list.current);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [list, measure]);
  return { drawn, bring };
}

/** The list is as high as all of its rows. */
function geometryOf(list: HTMLElement | null): ListGeometry {
  const rows = Number(list?.dataset["rows"] ?? 0);
  const row = list === null || rows === 0 ? 0 : list.offsetHeight / rows;
  const scroller = list?.parentElement;
  return { scrolled: scroller?.scrollTop ?? 0, viewport: scroller?.clientHeight ?? 0, row };
}
