import { type RefObject, useEffect, useRef } from "react";
import styles from "./tips.module.css";

/** Who only passes over something is not told of it. */
const HOVER_MS = 300;
const GAP_PX = 4;

/** Where a tip would rather stand: where it hides the least of what one reads. */
type Side = "above" | "below";

/**
 * More about an element within an area, on top of everything: what its `data-tip` says while a mouse rests on it or the keyboard's focus is there; what its
 * `data-focus-tip` says for the focus alone, beside its time. One for all, so that rows stay small. Goes on Escape.
 */
export function Tips({ within }: { readonly within: RefObject<HTMLElement | null> }) {
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = within.current;
    const element = tip.current;
    if (area === null || element === null) return;
    return showTips(area, element);
  }, [within]);
  return <div ref={tip} popover="manual" role="tooltip" className={styles["tip"]} />;
}

/** @returns how to stop */
function showTips(area: HTMLElement, tip: HTMLElement): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: number | undefined;
  let about: Element | undefined;
  let side: Side = "above";
  let focusedOn: Element | undefined;
  const hide = () => {
    window.clearTimeout(timer);
    about = undefined;
    focusedOn = undefined;
    tip.hidePopover();
  };
  const show = (target: HTMLElement, text: string | undefined, wanted: Side = "above") => {
    if (text === undefined) return;
    about = target;
    side = wanted;
    tip.textContent = text;
    tip.showPopover();
    place(tip, target, side);
  };
  const over = ({ target, pointerType }: PointerEvent) => {
    const tipped = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
    if (tipped === null || pointerType === "touch" || tipped === about) return;
    hide();
    timer = window.setTimeout(() => show(tipped, tipped.dataset["tip"]), HOVER_MS);
  };
  const out = ({ relatedTarget }: PointerEvent) => {
    const into = relatedTarget instanceof Element ? relatedTarget.closest("[data-tip]") : null;
    if (relatedTarget !== tip && (into === null || into !== about)) hide();
  };
  const focused = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    hide();
    const { tip: text, focusTip } = target.dataset;
    if (text !== undefined) show(target, text);
    else show(target.querySelector<HTMLElement>("time") ?? target, focusTip, "below");
    focusedOn = about;
  };
  // What has the focus may have been scrolled to because of it.
  const scrolled = () => {
    if (focusedOn === undefined || !isInView(focusedOn, area)) hide();
    else place(tip, focusedOn, side);
  };
  area.addEventListener("pointerover", over, { signal });
  area.addEventListener("pointerout", out, { signal });
  area.addEventListener("focusin", focused, { signal });
  area.addEventListener("focusout", hide, { signal });
  area.addEventListener("click", hide, { signal });
  area.addEventListener("scroll", scrolled, { signal, capture: true, passive: true });
  tip.addEventListener("pointerleave", hide, { signal });
  const pressed = ({ key }: KeyboardEvent) => {
    if (key === "Escape") hide();
  };
  document.addEventListener("keydown", pressed, { signal });
  return () => {
    stop.abort();
    hide();
  };
}

function isInView(element: Element, area: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = area.getBoundingClientRect();
  return bottom > frame.top && top < frame.bottom;
}

/** On this side of what it is about, or on the other where there is no room; never over the edge. */
function place(tip: HTMLElement, target: Element, side: Side): void {
  const about = target.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(about.left + about.width / 2 - width / 2, window.innerWidth - width - GAP_PX);
  const above = about.top - height - GAP_PX;
  const below = about.bottom + GAP_PX;
  const fits = side === "above" ? above >= GAP_PX : below + height <= window.innerHeight - GAP_PX;
  tip.style.left = `${Math.max(GAP_PX, left)}px`;
  tip.style.top = `${fits === (side === "above") ? above : below}px`;
}
