import styles from "./hidden.module.css";

/** Reads aloud what changes, when the reader pauses. There is one in the app, and one in the dialog that is open. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <div role="status" aria-live="polite" className={styles["hidden"]}>
      {text}
    </div>
  );
}
