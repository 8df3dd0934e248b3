import type { ReactNode } from "react";
import styles from "./empty-state.module.css";
import { Icon, type IconName } from "./icon.tsx";

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string | undefined;
  /** What to do next. */
  readonly children?: ReactNode;
}

export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={styles["state"]}>
      <span className={styles["picture"]}>
        <Icon name={icon} size="2rem" />
      </span>
      <h2 className={styles["title"]}>{title}</h2>
      {text !== undefined && <p className={styles["text"]}>{text}</p>}
      {children}
    </div>
  );
}
