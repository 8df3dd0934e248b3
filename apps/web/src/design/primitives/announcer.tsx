import styles from "./hidden.module.css";

/** Reads aloud what changes, when the reader pauses. There is one in the app. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <div role="status" aria-live="polite" className={styles["hidden"]}>
      {text}
    </div>
  );
}
