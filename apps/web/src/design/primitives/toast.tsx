import { useId } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { IconButton } from "./icon-button.tsx";
import styles from "./toast.module.css";

export interface ToastProps {
  readonly kind: "note" | "problem";
  readonly text: string;
  readonly actions?: readonly { readonly label: string; readonly act: () => void }[] | undefined;
  readonly dismissLabel: string;
  readonly onDismiss: () => void;
}

/** A short word on something that just happened. The announcer reads it; this shows it. */
export function Toast({ kind, text, actions = [], dismissLabel, onDismiss }: ToastProps) {
  const id = useId();
  return (
    <div className={styles["toast"]} data-kind={kind}>
      {kind === "problem" && <Icon name="warning" />}
      <p id={id} className={styles["text"]}>
        {text}
      </p>
      <div className={styles["actions"]}>
        {actions.map(({ label, act }) => (
          <Button key={label} look="quiet" aria-describedby={id} onClick={act}>
            {label}
          </Button>
        ))}
        <IconButton icon="close" label={dismissLabel} small onClick={onDismiss} />
      </div>
    </div>
  );
}
