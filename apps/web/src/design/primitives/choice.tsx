import { useId } from "react";
import styles from "./choice.module.css";

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** The language of the label, where it is not the document's. */
  readonly lang?: string;
}

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly ChoiceOption<T>[];
  readonly onValue: (value: T) => void;
}

/** One of a few, all in view. */
export function Choice<T extends string>({ label, value, options, onValue }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles["choice"]}>
      <legend className={styles["label"]}>{label}</legend>
      <div className={styles["options"]}>
        {options.map((option) => (
          <label key={option.value} lang={option.lang} className={styles["option"]}>
            <input
              type="radio"
              name={name}
              className={styles["input"]}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
