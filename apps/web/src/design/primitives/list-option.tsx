import { type ReactNode, useEffect, useRef } from "react";
import styles from "./list-option.module.css";

export interface ListOptionProps {
  readonly id: string;
  /** The one that the keys act on; it is kept in sight. */
  readonly active: boolean;
  readonly picture: ReactNode;
  readonly name: string;
  readonly detail: string;
  /** Read aloud behind the name in place of the detail. */
  readonly description?: string | undefined;
  readonly onChoose: () => void;
}

/** An option of a list whose field keeps the focus and has the keys. */
export function ListOption({ id, active, picture, name, detail, description, onChoose }: ListOptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys; an option never has the focus
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-description={description}
      className={styles["option"]}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {picture}
      <span className={styles["name"]}>{name}</span>
      <span className={styles["detail"]} aria-hidden={description !== undefined || undefined}>
        {detail}
      </span>
    </div>
  );
}
