import { type FormEvent, useId } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextArea } from "../../../design/primitives/text-area.tsx";
import { TickOption } from "../../../design/primitives/tick-option.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { mostCharacters, type ReportViewModel, reportReasons } from "../view-model/report-view-model.ts";
import styles from "./report-dialog.module.css";

export interface ReportDialogProps {
  readonly model: ReportViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Asks why a message is to be reported, and says who gets what of it. */
export function ReportDialog({ model, texts, onClose }: ReportDialogProps) {
  const { reason, note, withContext, blocks, sending } = useObservable(model);
  const id = useId();
  const words = texts.report;
  return (
    <Dialog
      title={words.title}
      size="small"
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button look="danger" type="submit" form={id} busy={sending}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles["form"]}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void model.send();
        }}
      >
        <fieldset className={styles["reasons"]}>
          <legend className={styles["label"]}>{words.reason}</legend>
          {reportReasons.map((one) => (
            <TickOption
              key={one}
              type="radio"
              name={`${id}-reason`}
              data-autofocus={one === reason || undefined}
              checked={one === reason}
              onTick={() => model.setReason(one)}
            >
              {words.reasons[one]}
            </TickOption>
          ))}
        </fieldset>
        <TextArea label={words.note} rows={3} maxLength={mostCharacters} value={note} onValue={model.setNote} />
        <TickOption type="checkbox" checked={withContext} onTick={model.setContext}>
          {model.contextLabel}
        </TickOption>
        {model.blockLabel !== undefined && (
          <TickOption type="checkbox" checked={blocks} onTick={model.setBlocks}>
            {model.blockLabel}
          </TickOption>
        )}
        {model.explanations.map((explanation) => (
          <p key={explanation} className={styles["explanation"]}>
            {explanation}
          </p>
        ))}
      </form>
    </Dialog>
  );
}
