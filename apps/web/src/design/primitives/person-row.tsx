import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";
import styles from "./person-row.module.css";

export interface PersonRowProps {
  readonly name: string;
  /** What the colour of the picture follows from. */
  readonly seed: string;
  /** Shown in place of the name. */
  readonly label?: string;
  readonly online?: boolean;
  /** Under the name. */
  readonly detail?: ReactNode;
  readonly tip?: string | undefined;
  /** At the end of the row. */
  readonly children?: ReactNode;
}

/** One of many people in a list. Rows out of view cost nothing. */
export function PersonRow({ name, seed, label = name, online = false, detail, tip, children }: PersonRowProps) {
  return (
    <li className={styles["row"]} title={tip}>
      <Avatar name={name} seed={seed} size="small" online={online} />
      <span className={styles["names"]}>
        <span className={styles["name"]} dir="auto">
          {label}
        </span>
        {detail !== undefined && <span className={styles["detail"]}>{detail}</span>}
      </span>
      {children}
    </li>
  );
}
