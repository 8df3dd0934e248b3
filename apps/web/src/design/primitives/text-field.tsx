import { type ComponentProps, useId } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "./icon.tsx";
import styles from "./text-field.module.css";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "className" | "id" | "value" | "onChange"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Help that is always there. */
  readonly hint?: string | undefined;
  /** What is wrong with the value, and what to do. */
  readonly error?: string | undefined;
}

export function TextField({ label, value, onValue, hint, error, ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={classNames(styles["input"], error !== undefined && styles["wrong"])}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={classNames(styles["note"], error !== undefined && styles["error"])}>
          {error !== undefined && <Icon name="warning" size="1rem" />}
          {note}
        </p>
      )}
    </div>
  );
}
