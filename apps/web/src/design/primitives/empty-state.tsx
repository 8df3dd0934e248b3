import type { ReactNode } from "react";
import styles from "./empty-state.module.css";
import { Icon, type IconName } from "./icon.tsx";

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string | undefined;
  /** Of its heading: 1 where it stands for all that there is. */
  readonly level?: 1 | 2;
  /** What to do next. */
  readonly children?: ReactNode;
}

export function EmptyState({ icon, title, text, level = 2, children }: EmptyStateProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={styles["state"]}>
      <span className={styles["picture"]}>
        <Icon name={icon} size="2rem" />
      </span>
      <Heading className={styles["title"]}>{title}</Heading>
      {text !== undefined && <p className={styles["text"]}>{text}</p>}
      {children}
    </div>
  );
}
