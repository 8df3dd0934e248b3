import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { TickOption } from "../../../design/primitives/tick-option.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ForwardViewModel } from "../view-model/forward-view-model.ts";
import styles from "./forward-dialog.module.css";

export interface ForwardDialogProps {
  readonly model: ForwardViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Where messages are posted, too. */
export function ForwardDialog({ model, texts, onClose }: ForwardDialogProps) {
  const { query, options, chosen, canSend } = useObservable(model);
  const words = texts.forward;
  return (
    <Dialog
      title={words.title(model.count)}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button look="primary" disabled={!canSend} onClick={() => void model.send()}>
            {words.send}
          </Button>
        </>
      }
    >
      <div className={styles["parts"]}>
        <p className={styles["note"]}>{words.note}</p>
        <SearchField data-autofocus label={words.search} value={query} maxLength={200} onValue={model.setQuery} />
        <fieldset className={styles["options"]} aria-label={words.conversations}>
          {options.map((option) => (
            <TickOption key={option.id} type="checkbox" checked={option.chosen} onTick={() => model.toggle(option.id)}>
              <Avatar name={option.name} seed={option.seed} of={option.picture} image={option.image} size="small" />
              <span className={styles["name"]} dir="auto">
                {option.name}
              </span>
            </TickOption>
          ))}
          {options.length === 0 && <p className={styles["note"]}>{words.none}</p>}
        </fieldset>
        <p className={styles["note"]} role="status">
          {words.chosen(chosen)}
        </p>
      </div>
    </Dialog>
  );
}
