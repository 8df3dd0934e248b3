import { type KeyboardEventHandler, type ReactNode, useLayoutEffect, useRef } from "react";

/** Where a popover opens: beside an element, or in viewport pixels beside a box or at a pointer (an empty box). */
export type PopoverAnchor = HTMLElement | Pick<DOMRect, "top" | "bottom" | "left" | "right">;

export interface PopoverProps {
  readonly anchor: PopoverAnchor;
  /** What in it gets the focus first; itself where there is no such thing. */
  readonly beginAt: string;
  /** Its name, if it is a dialog. */
  readonly dialog?: string;
  readonly className: string | undefined;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something in the top layer. Closes on Escape and on a press elsewhere, and gives the focus back. Drawn only while open. */
export function Popover({ anchor, beginAt, dialog, className, onKeyDown, onClose, children }: PopoverProps) {
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = popover.current;
    if (element === null) return;
    element.showPopover();
    const stay = () => place(element, anchor);
    stay();
    // Such as a phone's keyboard that comes or goes.
    window.addEventListener("resize", stay);
    return () => window.removeEventListener("resize", stay);
  }, [anchor]);
  // A layout effect, because afterwards it could not be told whether the focus was in here.
  useLayoutEffect(() => {
    const element = popover.current;
    const opener = document.activeElement;
    (element?.querySelector<HTMLElement>(beginAt) ?? element)?.focus({ preventScroll: true });
    return () => {
      const lost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (lost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, [beginAt]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is in it has keys of its own; here are heard those that come before it is there
    <div
      ref={popover}
      popover="auto"
      {...(dialog !== undefined && { role: "dialog", "aria-label": dialog })}
      tabIndex={-1}
      className={className}
      onKeyDown={onKeyDown}
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
      }}
    >
      {children}
    </div>
  );
}

/** Keeps 8 px to every edge, and opens upwards where there is no room below. */
function place(element: HTMLElement, beside: PopoverAnchor): void {
  const gap = 8;
  const anchor = beside instanceof HTMLElement ? beside.getBoundingClientRect() : beside;
  // As large as it becomes: it may just grow into the page.
  const { offsetWidth: width, offsetHeight: height } = element;
  const rightToLeft = getComputedStyle(element).direction === "rtl";
  const preferred = rightToLeft ? anchor.left : anchor.right - width;
  const left = Math.max(gap, Math.min(preferred, window.innerWidth - width - gap));
  const below = anchor.bottom + gap / 2;
  const above = anchor.top - height - gap / 2;
  const wanted = below + height + gap <= window.innerHeight ? below : above;
  // Also where the window has become smaller than where it was opened.
  const top = Math.max(gap, Math.min(wanted, window.innerHeight - height - gap));
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
