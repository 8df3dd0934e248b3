import { classNames } from "../../../design/class-names.ts";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { MentionLine, MentionsViewModel } from "../view-model/mentions-view-model.ts";
import styles from "./mentions-dialog.module.css";

export interface MentionsDialogProps {
  readonly model: MentionsViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** All messages that mention oneself, the newest first. */
export function MentionsDialog({ model, texts, onClose }: MentionsDialogProps) {
  const { loading, lines, note, canShowMore, canRetry } = useObservable(model);
  const words = texts.mentions;
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["body"]} aria-busy={loading}>
        <p className={styles["note"]} role="status">
          {note}
        </p>
        <ol aria-label={words.title}>
          {lines.map((line) => (
            <Line key={line.id} line={line} texts={texts} onChoose={() => model.choose(line)} />
          ))}
        </ol>
        {canShowMore && <Button onClick={model.showMore}>{words.showMore}</Button>}
        {canRetry && <Button onClick={model.showMore}>{texts.common.retry}</Button>}
      </div>
    </Dialog>
  );
}

interface LineProps {
  readonly line: MentionLine;
  readonly texts: Texts;
  readonly onChoose: () => void;
}

function Line({ line: { author, title, time, fullTime, text, unread }, texts, onChoose }: LineProps) {
  return (
    <li className={styles["line"]}>
      <button type="button" className={classNames(styles["message"], unread && styles["unread"])} onClick={onChoose}>
        <span className={styles["author"]} dir="auto">
          {author}
        </span>
        <time className={styles["time"]} title={fullTime}>
          {time}
        </time>
        <span className={styles["place"]} dir="auto">
          {title}
        </span>
        <span className={styles["text"]} dir="auto">
          {text}
        </span>
        {unread && <Hidden>{texts.mentions.unread}</Hidden>}
      </button>
    </li>
  );
}
