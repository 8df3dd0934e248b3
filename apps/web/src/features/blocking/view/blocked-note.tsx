import { Button } from "../../../design/primitives/button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { BlockablePerson } from "../view-model/blockable-person.ts";
import styles from "./blocked-note.module.css";

export interface BlockedNoteProps {
  readonly person: BlockablePerson;
  readonly texts: Texts;
  readonly onUnblock: () => void;
}

/** Stands where one would write to somebody whom one blocks. */
export function BlockedNote({ person, texts, onUnblock }: BlockedNoteProps) {
  return (
    <div className={styles["note"]}>
      <p>{texts.blocking.note(person.name)}</p>
      <Button onClick={onUnblock}>{texts.blocking.unblock}</Button>
    </div>
  );
}
