import { type FormEvent, useId } from "react";
import { classNames } from "../../../design/class-names.ts";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextArea } from "../../../design/primitives/text-area.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import {
  type Changing,
  mostCharacters,
  type ScheduledLine,
  type ScheduledViewModel,
} from "../view-model/scheduled-view-model.ts";
import styles from "./scheduled-dialog.module.css";

export interface ScheduledDialogProps {
  readonly model: ScheduledViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

type LineProps = Pick<ScheduledDialogProps, "model" | "texts">;

/** The messages that wait to be sent, the next one first. */
export function ScheduledDialog({ model, texts, onClose }: ScheduledDialogProps) {
  const { lines, changing } = useObservable(model);
  const words = texts.scheduled;
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose} forReading={lines.length === 0}>
      <div className={styles["body"]}>
        {lines.length === 0 && <p className={styles["note"]}>{words.none}</p>}
        <ol aria-label={words.title} className={styles["lines"]}>
          {lines.map((line) => (
            <li key={line.id} className={styles["line"]}>
              {changing?.id === line.id ? (
                <Change changing={changing} model={model} texts={texts} />
              ) : (
                <Line line={line} model={model} texts={texts} />
              )}
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function Line({ line, model, texts }: LineProps & { readonly line: ScheduledLine }) {
  const { id, title, time, fullTime, text, note, failed } = line;
  const words = texts.scheduled;
  const textId = useId();
  return (
    <>
      <p className={styles["head"]}>
        <span className={styles["title"]} dir="auto">
          {title}
        </span>
        <time className={styles["time"]} title={fullTime}>
          {time}
        </time>
      </p>
      <p id={textId} className={styles["text"]} dir="auto">
        {text}
      </p>
      {note !== "" && <p className={classNames(styles["note"], failed && styles["failed"])}>{note}</p>}
      <p className={styles["deeds"]}>
        <Button look="quiet" icon="edit" aria-describedby={textId} onClick={() => model.startChange(id)}>
          {words.change}
        </Button>
        <Button look="quiet" icon="send" aria-describedby={textId} onClick={() => model.sendNow(id)}>
          {words.now}
        </Button>
        <Button look="quiet" icon="delete" aria-describedby={textId} onClick={() => model.cancel(id)}>
          {words.cancel}
        </Button>
      </p>
    </>
  );
}

function Change({ changing, model, texts }: LineProps & { readonly changing: Changing }) {
  const { text, field, wrong, canSave } = changing;
  const words = texts.scheduled;
  return (
    <form
      className={styles["change"]}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        model.save();
      }}
    >
      <TextArea label={words.text} value={text} rows={3} maxLength={mostCharacters} onValue={model.setText} />
      <TextField type="datetime-local" label={words.time} value={field} error={wrong} onValue={model.setField} />
      <p className={styles["deeds"]}>
        <Button look="primary" type="submit" disabled={!canSave}>
          {words.save}
        </Button>
        <Button onClick={model.endChange}>{texts.common.cancel}</Button>
      </p>
    </form>
  );
}
