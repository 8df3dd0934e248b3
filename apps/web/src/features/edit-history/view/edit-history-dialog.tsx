import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { EditHistoryViewModel } from "../view-model/edit-history-view-model.ts";
import styles from "./edit-history-dialog.module.css";

export interface EditHistoryDialogProps {
  readonly model: EditHistoryViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** What a message says now, and what it said before it was edited. */
export function EditHistoryDialog({ model, texts, onClose }: EditHistoryDialogProps) {
  const { versions, loading, note, canShowMore, canRetry } = useObservable(model);
  const words = texts.editHistory;
  return (
    <Dialog forReading title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <ol className={styles["versions"]} aria-busy={loading} reversed>
        {versions.map(({ key, text, when, fullTime }) => (
          <li key={key}>
            <time className={styles["when"]} title={fullTime}>
              {when}
            </time>
            <p className={styles["text"]} dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ol>
      <p className={styles["note"]} role="status">
        {note}
      </p>
      {canShowMore && (
        <Button look="quiet" onClick={model.load}>
          {words.more}
        </Button>
      )}
      {canRetry && <Button onClick={model.load}>{words.retry}</Button>}
    </Dialog>
  );
}
