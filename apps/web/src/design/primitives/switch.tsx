import { useId } from "react";
import styles from "./switch.module.css";

export interface SwitchProps {
  readonly label: string;
  /** What it means, in a sentence below. */
  readonly help?: string | undefined;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Something that is on or off, at once. */
export function Switch({ label, help, on, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles["switch"]}>
      <label className={styles["label"]}>
        <input
          type="checkbox"
          role="switch"
          className={styles["input"]}
          checked={on}
          aria-checked={on}
          disabled={disabled}
          aria-describedby={help === undefined ? undefined : id}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span className={styles["track"]} aria-hidden="true" />
        {label}
      </label>
      {help !== undefined && (
        <p className={styles["help"]} id={id}>
          {help}
        </p>
      )}
    </div>
  );
}
