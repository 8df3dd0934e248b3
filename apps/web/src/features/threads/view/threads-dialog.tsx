import { Badge } from "../../../design/primitives/badge.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ThreadLine, ThreadsViewModel } from "../view-model/threads-view-model.ts";
import styles from "./threads-dialog.module.css";

export interface ThreadsDialogProps {
  readonly model: ThreadsViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** The threads that one follows. */
export function ThreadsDialog({ model, texts, onClose }: ThreadsDialogProps) {
  const lines = useObservable(model);
  const words = texts.threads;
  return (
    <Dialog title={words.place} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["body"]}>
        {lines.length === 0 && <p className={styles["note"]}>{words.none}</p>}
        <ol aria-label={words.place}>
          {lines.map((line) => (
            <li key={line.id}>
              <Line line={line} texts={texts} onChoose={() => model.choose(line)} />
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

interface LineProps {
  readonly line: ThreadLine;
  readonly texts: Texts;
  readonly onChoose: () => void;
}

function Line({ line, texts, onChoose }: LineProps) {
  const { title, author, text, time, fullTime, unread, mentions } = line;
  return (
    <button type="button" className={styles["line"]} onClick={onChoose}>
      <span className={styles["place"]} dir="auto">
        {title}
      </span>
      <time className={styles["time"]} title={fullTime}>
        {time}
      </time>
      <span className={styles["text"]} dir="auto">
        {author !== "" && <b className={styles["author"]}>{author}: </b>}
        {text}
      </span>
      <span className={styles["badge"]}>
        {mentions > 0 && <Badge sign="@" count={mentions} label={texts.mentions.badge(mentions)} />}
        {unread > 0 && <Badge count={unread} label={texts.conversations.unread(unread)} />}
      </span>
    </button>
  );
}
