import type { KeyboardEvent, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./menu.module.css";
import { Popover, type PopoverAnchor } from "./popover.tsx";

export type MenuAnchor = Exclude<PopoverAnchor, HTMLElement>;

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
  return (
    <Popover anchor={anchor} beginAt="[role=menuitem]" className={styles["menu"]} onClose={onClose}>
      {before}
      <div role="menu" tabIndex={-1} aria-label={label} className={styles["items"]} onKeyDown={moveFocus}>
        {children}
      </div>
    </Popover>
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

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item.matches(":focus"));
  const last = items.length - 1;
  const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
