import styles from "./hidden.module.css";

export interface AnnouncerProps {
  readonly spoken: readonly { readonly key: number; readonly text: string }[];
}

/** Reads aloud what is added, each once, when the reader pauses. There is one in the app, and one in the dialog that is open. */
export function Announcer({ spoken }: AnnouncerProps) {
  return (
    <div role="status" aria-live="polite" aria-atomic="false" aria-relevant="additions" className={styles["hidden"]}>
      {spoken.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}
