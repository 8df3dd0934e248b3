import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { MessageLink } from "../../../design/primitives/message-link.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { SavedLine, SavedViewModel } from "../view-model/saved-view-model.ts";
import styles from "./saved-dialog.module.css";

export interface SavedDialogProps {
  readonly model: SavedViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** What one has saved, the last one first. */
export function SavedDialog({ model, texts, onClose }: SavedDialogProps) {
  const { loading, lines, canShowMore } = useObservable(model);
  const words = texts.savedMessages;
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["body"]} aria-busy={loading}>
        {loading && <p className={styles["note"]}>{words.loading}</p>}
        {!loading && lines.length === 0 && <p className={styles["note"]}>{words.none}</p>}
        <ol aria-label={words.title}>
          {lines.map((line) => (
            <Line key={`${line.conversation} ${line.id}`} line={line} model={model} texts={texts} />
          ))}
        </ol>
        {canShowMore && <Button onClick={model.showMore}>{words.showMore}</Button>}
      </div>
    </Dialog>
  );
}

function Line({ line, model, texts }: { readonly line: SavedLine } & Pick<SavedDialogProps, "model" | "texts">) {
  const words = texts.savedMessages;
  const { author, title, time, fullTime, text, quiet, ordinal } = line;
  return (
    <li className={styles["line"]}>
      <MessageLink
        author={author}
        place={title}
        time={time}
        fullTime={fullTime}
        text={text}
        quiet={quiet}
        disabled={ordinal === undefined}
        onChoose={() => model.choose(line)}
      />
      <IconButton
        small
        icon="close"
        label={author === "" ? words.removeUnknown : words.remove(author)}
        onClick={() => model.remove(line)}
      />
    </li>
  );
}
