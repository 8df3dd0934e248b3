import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { MessageLink } from "../../../design/primitives/message-link.tsx";
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
      <MessageLink
        author={author}
        place={title}
        time={time}
        fullTime={fullTime}
        text={text}
        unread={unread}
        onChoose={onChoose}
      >
        {unread && <Hidden>{texts.mentions.unread}</Hidden>}
      </MessageLink>
    </li>
  );
}
