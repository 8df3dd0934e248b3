import { useId } from "react";
import { classNames } from "../class-names.ts";
import styles from "./text-field.module.css";

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly rows: number;
  readonly onValue: (value: string) => void;
}

/** A text of several lines. It has the focus from the beginning: it is there because somebody wants to write. */
export function TextArea({ label, value, maxLength, rows, onValue }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: whoever pressed the button that opened it goes on here
        autoFocus
        id={id}
        dir="auto"
        className={classNames(styles["input"], styles["area"])}
        value={value}
        maxLength={maxLength}
        rows={rows}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
