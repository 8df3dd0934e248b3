import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { TextField } from "../../../design/primitives/text-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { PeoplePicker } from "../../people/view/people-picker.tsx";
import type { NewConversationViewModel } from "../view-model/new-conversation-view-model.ts";

export interface NewConversationDialogProps {
  readonly model: NewConversationViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function NewConversationDialog({ model, texts, onClose }: NewConversationDialogProps) {
  const { group, groupName, groupNameError, canStart, busy, problem } = useObservable(model);
  const words = texts.newConversation;
  const nameForm = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (groupNameError !== undefined) nameForm.current?.querySelector("input")?.focus();
  }, [groupNameError]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.start();
  };
  return (
    <Dialog
      title={words.title}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button look="primary" disabled={!canStart} busy={busy} onClick={() => void model.start()}>
            {words.start}
          </Button>
        </>
      }
    >
      <PeoplePicker model={model.people} texts={texts} onDone={() => void model.start()} />
      {!group && (
        <Button look="quiet" icon="notes" wide disabled={busy} onClick={() => void model.startNotes()}>
          {texts.common.notes}
        </Button>
      )}
      {group && (
        <form ref={nameForm} onSubmit={submit}>
          <TextField
            label={words.groupName}
            value={groupName}
            maxLength={200}
            onValue={model.setGroupName}
            error={groupNameError}
          />
        </form>
      )}
      {problem !== undefined && <p role="alert">{problem}</p>}
    </Dialog>
  );
}
