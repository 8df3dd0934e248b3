import type { ComponentProps } from "react";
import { Icon } from "./icon.tsx";
import styles from "./search-field.module.css";

export interface SearchFieldProps
  extends Omit<ComponentProps<"input">, "className" | "type" | "value" | "onChange" | "placeholder"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** What is looked for, as it is typed. Takes the room that there is. */
export function SearchField({ label, value, onValue, ...rest }: SearchFieldProps) {
  return (
    <div className={styles["field"]}>
      <Icon name="search" size="1.125rem" />
      <input
        {...rest}
        type="search"
        className={styles["input"]}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
