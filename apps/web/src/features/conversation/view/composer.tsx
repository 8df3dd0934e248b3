import { type FormEvent, type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ComposerViewModel } from "../view-model/composer-view-model.ts";
import styles from "./composer.module.css";

export interface ComposerHandle {
  focus(): void;
}

export interface ComposerProps {
  readonly model: ComposerViewModel;
  readonly texts: Texts;
  readonly placeholder: string;
  /** After a message or an edit went off. */
  readonly onSent: () => void;
  readonly handle: Ref<ComposerHandle>;
}

export function Composer({ model, texts, placeholder, onSent, handle }: ComposerProps) {
  const { text, editing, over, sending, canSend } = useObservable(model);
  const words = texts.conversation;
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus() }), []);
  useEffect(() => {
    // Ready to be typed in; but under a finger it would bring up the keyboard over the messages.
    if (window.matchMedia("(hover: hover)").matches) field.current?.focus();
  }, []);
  useEffect(() => {
    const element = field.current;
    if (editing === undefined || element === null) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [editing]);
  const submit = () => {
    if (!canSend) return;
    const posted = editing === undefined;
    model.submit();
    if (posted) onSent();
    field.current?.focus();
  };
  return (
    <form
      className={styles["composer"]}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      {editing !== undefined && (
        <div className={styles["editing"]}>
          <Icon name="edit" size="1.125rem" />
          <span>{words.editing}</span>
          <Button look="quiet" onClick={model.cancelEdit}>
            {texts.common.cancel}
          </Button>
        </div>
      )}
      <div className={styles["bar"]}>
        <div className={styles["grow"]} data-text={text}>
          <textarea
            ref={field}
            className={styles["field"]}
            aria-label={words.message}
            placeholder={placeholder}
            rows={1}
            dir="auto"
            enterKeyHint="send"
            value={text}
            aria-describedby={over > 0 ? "composer-over" : undefined}
            aria-invalid={over > 0 || undefined}
            onChange={(event) => model.setText(event.currentTarget.value)}
            onKeyDown={(event) => composerKey(event, model, submit)}
            onBlur={model.blur}
          />
        </div>
        <IconButton type="submit" icon="send" look="filled" label={words.send} disabled={!canSend} />
      </div>
      {over > 0 && (
        <p id="composer-over" className={styles["over"]}>
          {words.tooLong(over)}
        </p>
      )}
      {sending && (
        <p className={styles["note"]} role="status">
          {words.sending}
        </p>
      )}
    </form>
  );
}

function composerKey(event: KeyboardEvent<HTMLTextAreaElement>, model: ComposerViewModel, submit: () => void): void {
  // While an input method composes, its keys belong to it.
  if (event.nativeEvent.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && event.currentTarget.value === "" && model.editLastOwn()) {
    event.preventDefault();
  } else if (event.key === "Escape") {
    model.cancelEdit();
  }
}
