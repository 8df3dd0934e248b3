import { type FormEvent, useId } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { MessageLink } from "../../../design/primitives/message-link.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ChangingReminder, ReminderLine, RemindersViewModel } from "../view-model/reminders-view-model.ts";
import styles from "./reminders-dialog.module.css";

export interface RemindersDialogProps {
  readonly model: RemindersViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

type PartProps = Pick<RemindersDialogProps, "model" | "texts">;

/** The messages that one wants to be reminded of: those that are due, then those to come. */
export function RemindersDialog({ model, texts, onClose }: RemindersDialogProps) {
  const { due, upcoming, changing } = useObservable(model);
  const words = texts.reminders;
  const none = due.length + upcoming.length === 0;
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose} forReading={none}>
      <div className={styles["body"]}>
        {none && <p className={styles["note"]}>{words.none}</p>}
        <Part title={words.due} lines={due} isDue changing={changing} model={model} texts={texts} />
        <Part title={words.upcoming} lines={upcoming} isDue={false} changing={changing} model={model} texts={texts} />
      </div>
    </Dialog>
  );
}

interface ListProps extends PartProps {
  readonly title: string;
  readonly lines: readonly ReminderLine[];
  readonly isDue: boolean;
  readonly changing: ChangingReminder | undefined;
}

function Part({ title, lines, isDue, changing, model, texts }: ListProps) {
  if (lines.length === 0) return null;
  return (
    <section className={styles["part"]}>
      <h3 className={styles["heading"]}>{title}</h3>
      <ol aria-label={title} className={styles["lines"]}>
        {lines.map((line) => (
          <li key={line.key} className={styles["line"]}>
            <Line line={line} isDue={isDue} model={model} texts={texts} />
            {changing?.key === line.key && <Change changing={changing} model={model} texts={texts} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Line({ line, isDue, model, texts }: PartProps & { readonly line: ReminderLine; readonly isDue: boolean }) {
  const { author, title, text, quiet, ordinal, when, fullWhen, unsent } = line;
  const words = texts.reminders;
  const id = useId();
  return (
    <>
      <span className={styles["place"]}>
        <MessageLink
          id={id}
          author={author}
          place={title}
          time={when}
          fullTime={fullWhen}
          text={text}
          quiet={quiet}
          due={isDue}
          disabled={ordinal === undefined}
          onChoose={() => model.choose(line)}
        />
      </span>
      {unsent && <p className={styles["note"]}>{words.unsent}</p>}
      <p className={styles["deeds"]}>
        <Button look="quiet" icon={isDue ? "read" : "delete"} aria-describedby={id} onClick={() => model.finish(line)}>
          {isDue ? words.finish : words.remove}
        </Button>
        <Button look="quiet" icon="waiting" aria-describedby={id} onClick={() => model.startChange(line.key)}>
          {words.change}
        </Button>
      </p>
    </>
  );
}

function Change({ changing, model, texts }: PartProps & { readonly changing: ChangingReminder }) {
  const { field, wrong } = changing;
  const words = texts.reminders;
  return (
    <form
      className={styles["change"]}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        model.save();
      }}
    >
      <TextField type="datetime-local" label={words.time} value={field} error={wrong} onValue={model.setField} />
      <p className={styles["deeds"]}>
        <Button look="primary" type="submit">
          {words.setTime}
        </Button>
        <Button onClick={model.endChange}>{texts.common.cancel}</Button>
      </p>
    </form>
  );
}
