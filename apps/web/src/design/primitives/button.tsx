import type { ComponentProps } from "react";
import { classNames } from "../class-names.ts";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon.tsx";
import { Spinner } from "./spinner.tsx";

export interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  readonly look?: "primary" | "secondary" | "quiet" | "danger";
  readonly icon?: IconName | undefined;
  /** Shows that the press is being worked on, and takes no further ones. Keeps the focus, unlike disabled. */
  readonly busy?: boolean;
  readonly wide?: boolean;
}

export function Button({
  look = "secondary",
  icon,
  busy = false,
  wide = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles["button"], styles[look], wide && styles["wide"])}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <Spinner /> : icon !== undefined && <Icon name={icon} size="1.125rem" />}
      <span>{children}</span>
    </button>
  );
}
