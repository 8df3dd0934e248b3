import type { ComponentProps, ReactNode } from "react";
import styles from "./tick-option.module.css";

export interface TickOptionProps extends Omit<ComponentProps<"input">, "type" | "className" | "children" | "onChange"> {
  /** One of several, or each for itself. */
  readonly type: "radio" | "checkbox";
  readonly onTick: (checked: boolean) => void;
  /** Its label. */
  readonly children: ReactNode;
}

/** A line that is ticked, as wide as the list that it is in. */
export function TickOption({ onTick, children, ...input }: TickOptionProps) {
  return (
    <label className={styles["option"]}>
      <input {...input} onChange={(event) => onTick(event.currentTarget.checked)} />
      {children}
    </label>
  );
}
