import { type FormEvent, useId } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { PickTimeViewModel } from "../view-model/pick-time-view-model.ts";
import styles from "./pick-time-dialog.module.css";

export interface PickTimeDialogProps {
  readonly model: PickTimeViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** When something is to be done: at one of some times, or at any other. */
export function PickTimeDialog({ model, texts, onClose }: PickTimeDialogProps) {
  const { times, field, wrong } = useObservable(model);
  const form = useId();
  const { scheduled } = texts;
  const { title, hint, submit } = model.words;
  return (
    <Dialog
      title={title}
      size="small"
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button look="primary" type="submit" form={form}>
            {submit}
          </Button>
        </>
      }
    >
      <ul className={styles["times"]} aria-label={scheduled.proposals}>
        {times.map(({ name, at, when }, index) => (
          <li key={name}>
            <button
              type="button"
              className={styles["time"]}
              data-autofocus={index === 0 || undefined}
              onClick={() => model.choose(at)}
            >
              <span>{scheduled.times[name]}</span>
              <span className={styles["when"]}>{when}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        id={form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          model.submit();
        }}
      >
        <TextField
          type="datetime-local"
          label={scheduled.other}
          value={field}
          error={wrong}
          hint={hint}
          onValue={model.setField}
        />
      </form>
    </Dialog>
  );
}
