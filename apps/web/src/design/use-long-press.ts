import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";

export interface LongPress {
  /** What a press on this is meant for; undefined where the platform's own menu is wanted. */
  readonly meant: (target: Element) => HTMLElement | undefined;
  /** @param x in pixels of the viewport, as `y` */
  readonly open: (meant: HTMLElement, x: number, y: number) => void;
}

export interface LongPressHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void;
}

/** A finger that rests this long means more than a tap. */
const HOLD_MS = 500;
/** No finger rests quite still. */
const TOLERANCE_PX = 10;

/**
 * Asks for a menu: by the right button or the menu key, and by a finger that rests on something and leaves it, because not every system tells of that. A finger
 * that moves scrolls. While it rests, what it is on has `data-held`; the menu opens when it leaves, as it would close the menu by leaving.
 */
export function useLongPress(press: LongPress): LongPressHandlers {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  const finger = useMemo(() => new RestingFinger(), []);
  useEffect(() => () => void finger.leave(), [finger]);
  return useMemo(
    () => ({
      onPointerDown: ({ pointerType, target, clientX, clientY }) => {
        finger.leave();
        finger.held = undefined;
        if (pointerType === "mouse" || !(target instanceof Element)) return;
        finger.rest(clientX, clientY, () => latest.current.meant(target));
      },
      onPointerMove: ({ clientX, clientY }) => finger.move(clientX, clientY),
      onPointerUp: ({ clientX, clientY }) => {
        const held = finger.leave();
        // After this event, which would close what it opens.
        if (held !== undefined) setTimeout(() => latest.current.open(held, clientX, clientY));
      },
      onPointerCancel: () => {
        finger.leave();
        finger.held = undefined;
      },
      onClickCapture: (event) => {
        if (finger.held === undefined) return;
        finger.held = undefined;
        event.preventDefault();
        event.stopPropagation();
      },
      onContextMenu: (event) => {
        const { target, nativeEvent, clientX, clientY } = event;
        const meant = target instanceof Element ? latest.current.meant(target) : undefined;
        if (meant === undefined) return;
        event.preventDefault();
        // Where the system tells of a resting finger, it is waited for all the same.
        if (nativeEvent instanceof globalThis.PointerEvent && nativeEvent.pointerType !== "mouse" && finger.isDown)
          return;
        latest.current.open(meant, clientX, clientY);
      },
    }),
    [finger],
  );
}

class RestingFinger {
  /** What it has rested on for long enough; stays for the click that follows when it leaves. */
  held: HTMLElement | undefined;
  #at: { readonly x: number; readonly y: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get isDown(): boolean {
    return this.#at !== undefined;
  }

  rest(x: number, y: number, meant: () => HTMLElement | undefined): void {
    this.#at = { x, y };
    this.#timer = setTimeout(() => {
      this.held = meant();
      this.held?.setAttribute("data-held", "");
    }, HOLD_MS);
  }

  move(x: number, y: number): void {
    if (this.#at === undefined || Math.hypot(x - this.#at.x, y - this.#at.y) <= TOLERANCE_PX) return;
    this.leave();
    this.held = undefined;
  }

  /** What it rested on. */
  leave = (): HTMLElement | undefined => {
    clearTimeout(this.#timer);
    this.#at = undefined;
    this.held?.removeAttribute("data-held");
    return this.held;
  };
}
