import { type PointerEvent, useEffect, useMemo, useRef } from "react";

export interface Swipe {
  /** What a finger on this would pull; undefined for nothing. */
  readonly meant: (target: Element) => HTMLElement | undefined;
  /** It was pulled far enough and let go. */
  readonly done: (meant: HTMLElement) => void;
}

export interface SwipeHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** No finger goes quite straight: less than this is none of it, in either direction. */
const BEGIN_PX = 12;
const ENOUGH_PX = 56;
const MOST_PX = 72;
/** Along the edge systems have gestures of their own. */
const EDGE_PX = 24;

/**
 * A finger that pulls something along the line of reading. It says so in `data-swipe`, "pulling" or "ready", and how far in `--swipe`, in pixels of the
 * screen, to be drawn by styles. The element lies in one with `touch-action: pan-y`: a finger that goes up or down scrolls, and ends this for good.
 */
export function useSwipe(swipe: Swipe): SwipeHandlers {
  const latest = useRef(swipe);
  useEffect(() => {
    latest.current = swipe;
  });
  const finger = useMemo(() => new PullingFinger(), []);
  useEffect(() => () => void finger.leave(), [finger]);
  return useMemo(
    () => ({
      onPointerDown: ({ pointerType, isPrimary, target, clientX, clientY }) => {
        finger.leave();
        if (pointerType !== "touch" || !isPrimary || !(target instanceof Element)) return;
        const meant = latest.current.meant(target);
        if (meant !== undefined) finger.touch(meant, clientX, clientY);
      },
      onPointerMove: ({ isPrimary, clientX, clientY }) => {
        if (isPrimary) finger.move(clientX, clientY);
      },
      onPointerUp: () => {
        const pulled = finger.leave();
        if (pulled !== undefined) latest.current.done(pulled);
      },
      onPointerCancel: () => void finger.leave(),
    }),
    [finger],
  );
}

interface Touched {
  readonly element: HTMLElement;
  readonly x: number;
  readonly y: number;
  /** 1 where one reads to the right, else -1. */
  readonly direction: 1 | -1;
}

class PullingFinger {
  #at: Touched | undefined;
  #pulls = false;
  #isEnough = false;

  touch(element: HTMLElement, x: number, y: number): void {
    const direction = getComputedStyle(element).direction === "rtl" ? -1 : 1;
    const fromEdge = direction === 1 ? x : window.innerWidth - x;
    if (fromEdge >= EDGE_PX) this.#at = { element, x, y, direction };
  }

  move(x: number, y: number): void {
    if (this.#at === undefined) return;
    const { element, direction } = this.#at;
    const along = (x - this.#at.x) * direction;
    const across = Math.abs(y - this.#at.y);
    if (!this.#pulls) {
      if (along < -BEGIN_PX || (across > BEGIN_PX && along < 2 * across)) {
        this.leave();
        return;
      }
      if (along < BEGIN_PX || along < 2 * across) return;
      this.#pulls = true;
    }
    const pulled = Math.min(Math.max(along - BEGIN_PX, 0), MOST_PX);
    this.#isEnough = pulled >= ENOUGH_PX;
    element.dataset["swipe"] = this.#isEnough ? "ready" : "pulling";
    element.style.setProperty("--swipe", `${pulled * direction}px`);
  }

  /** What it has pulled far enough. */
  leave(): HTMLElement | undefined {
    const element = this.#at?.element;
    const pulled = this.#isEnough ? element : undefined;
    if (element !== undefined && this.#pulls) {
      delete element.dataset["swipe"];
      element.style.removeProperty("--swipe");
    }
    this.#at = undefined;
    this.#pulls = false;
    this.#isEnough = false;
    return pulled;
  }
}
