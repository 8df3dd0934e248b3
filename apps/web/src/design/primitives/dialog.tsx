import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { classNames } from "../class-names.ts";
import styles from "./dialog.module.css";
import { useOnDialogStack } from "./dialog-stack.tsx";
import { IconButton } from "./icon-button.tsx";

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly size?: "small" | "medium";
  /** Nothing in it can have the focus: by keyboard it is scrolled itself. */
  readonly forReading?: boolean;
  readonly children: ReactNode;
  /** Buttons at the end; the last one is the main one. */
  readonly actions?: ReactNode;
}

/**
 * A modal dialog: the browser keeps the focus inside, closes it on Escape, and gives the focus back. Drawn only while it is open.
 * It begins at the element with `data-autofocus`, if there is one.
 */
export function Dialog({
  title,
  closeLabel,
  onClose,
  size = "medium",
  forReading = false,
  children,
  actions,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useOnDialogStack(dialog);
  // A layout effect, because only a dialog that is still in the page gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classNames(styles["dialog"], styles[size])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element; everything else lies in its panel.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles["panel"]}>
        <header className={styles["header"]}>
          <h2 id={titleId} className={styles["title"]}>
            {title}
          </h2>
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </header>
        <div className={styles["body"]} tabIndex={forReading ? 0 : undefined}>
          {children}
        </div>
        {actions !== undefined && <footer className={styles["actions"]}>{actions}</footer>}
      </div>
    </dialog>
  );
}
