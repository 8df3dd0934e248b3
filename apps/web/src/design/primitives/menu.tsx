import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./menu.module.css";

/** Where a menu opens, in viewport pixels: beside a button's box, or at a pointer (an empty box). */
export type MenuAnchor = Pick<DOMRect, "top" | "bottom" | "left" | "right">;

export interface MenuProps {
  readonly label: string;
  readonly anchor: MenuAnchor;
  readonly onClose: () => void;
  /** MenuItems; others stand above them in `before`. */
  readonly children: ReactNode;
  readonly before?: ReactNode;
}

/** A menu in the top layer. Closes on Escape, on a press elsewhere and when an item was chosen; arrows move between items. Drawn only while open. */
export function Menu({ label, anchor, onClose, children, before }: MenuProps) {
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = popover.current;
    if (element === null) return;
    element.showPopover();
    place(element, anchor);
  }, [anchor]);
  // A layout effect, because afterwards it could not be told whether the focus was in here.
  useLayoutEffect(() => {
    const element = popover.current;
    const opener = document.activeElement;
    element?.querySelector<HTMLElement>("[role=menuitem]")?.focus({ preventScroll: true });
    return () => {
      const lost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (lost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={popover}
      popover="auto"
      className={styles["menu"]}
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
      }}
    >
      {before}
      <div role="menu" tabIndex={-1} aria-label={label} className={styles["items"]} onKeyDown={moveFocus}>
        {children}
      </div>
    </div>
  );
}

export interface MenuItemProps {
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, danger = false, onChoose, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={classNames(styles["item"], danger && styles["danger"])}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onChoose();
      }}
    >
      {icon !== undefined && <Icon name={icon} size="1.125rem" />}
      {children}
    </button>
  );
}

/** Keeps 8 px to every edge, and opens upwards where there is no room below. */
function place(element: HTMLElement, anchor: MenuAnchor): void {
  const gap = 8;
  const { width, height } = element.getBoundingClientRect();
  const rightToLeft = getComputedStyle(element).direction === "rtl";
  const preferred = rightToLeft ? anchor.left : anchor.right - width;
  const left = Math.max(gap, Math.min(preferred, window.innerWidth - width - gap));
  const below = anchor.bottom + gap / 2;
  const above = anchor.top - height - gap / 2;
  const top = below + height + gap <= window.innerHeight ? below : Math.max(gap, above);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item.matches(":focus"));
  const last = items.length - 1;
  const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
