import type { ComponentProps } from "react";
import { classNames } from "../class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./icon-button.module.css";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children" | "aria-label"> {
  readonly icon: IconName;
  /** Its accessible name and its tooltip. */
  readonly label: string;
  readonly look?: "quiet" | "filled";
  readonly small?: boolean;
}

export function IconButton({ icon, label, look = "quiet", small = false, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames(styles["button"], styles[look], small && styles["small"])}
    >
      <Icon name={icon} size={small ? "1.125rem" : "1.375rem"} />
    </button>
  );
}
