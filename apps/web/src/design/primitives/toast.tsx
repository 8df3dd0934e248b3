import { Icon } from "./icon.tsx";
import { IconButton } from "./icon-button.tsx";
import styles from "./toast.module.css";

export interface ToastProps {
  readonly kind: "note" | "problem";
  readonly text: string;
  readonly dismissLabel: string;
  readonly onDismiss: () => void;
}

/** A short word on something that just happened. The announcer reads it; this shows it. */
export function Toast({ kind, text, dismissLabel, onDismiss }: ToastProps) {
  return (
    <div className={styles["toast"]} data-kind={kind}>
      {kind === "problem" && <Icon name="warning" />}
      <p className={styles["text"]}>{text}</p>
      <IconButton icon="close" label={dismissLabel} small onClick={onDismiss} />
    </div>
  );
}
