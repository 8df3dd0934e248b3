import { type FormEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import { EmojiPopover } from "../../emoji/view/emoji-popover.tsx";
import type { ComposerViewModel } from "../view-model/composer-view-model.ts";
import type { QuoteItem } from "../view-model/quote-items.ts";
import { roomText, type Writing } from "../view-model/writing.ts";
import styles from "./composer.module.css";
import { ComposerField, type ComposerFieldHandle } from "./composer-field.tsx";
import { ReplyBar } from "./reply-bar.tsx";

export interface ComposerHandle {
  focus(): void;
}

export interface ComposerProps {
  readonly model: ComposerViewModel;
  readonly writing: Writing;
  readonly texts: Texts;
  readonly placeholder: string;
  /** The message that what is written answers. */
  readonly answering: QuoteItem | undefined;
  /** How many messages wait to be sent here. */
  readonly scheduled: number;
  /** What is written is to be sent at a time; absent where that cannot be. */
  readonly onSendLater: (() => void) | undefined;
  readonly onScheduled: (() => void) | undefined;
  /** Whether something else has the focus when it opens. */
  readonly yields: boolean;
  /** After a message or an edit went off. */
  readonly onSent: () => void;
  readonly handle: Ref<ComposerHandle>;
}

export function Composer(props: ComposerProps) {
  const { model, writing, texts, placeholder, answering, scheduled, onSendLater, onScheduled, onSent, handle } = props;
  const yields = useRef(props.yields);
  const shown = useObservable(model);
  const { editing, left, sending, canSend } = shown;
  const words = texts.conversation;
  const roomId = useId();
  const field = useRef<ComposerFieldHandle>(null);
  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus() }), []);
  useEffect(() => {
    // Ready to be typed in; but under a finger it would bring up the keyboard over the messages.
    if (!yields.current && window.matchMedia("(hover: hover)").matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (editing !== undefined) field.current?.focusEnd();
  }, [editing]);
  const submit = () => {
    // As it is now, whether it is drawn already or not.
    const now = model.get();
    if ((now.left ?? 0) < 0) writing.sayLeft();
    if (!now.canSend) return;
    model.submit();
    if (now.editing === undefined) onSent();
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
      {editing === undefined && answering !== undefined && (
        <ReplyBar
          quote={answering}
          texts={texts}
          onCancel={() => {
            model.setReply(undefined);
            field.current?.focus();
          }}
        />
      )}
      {scheduled > 0 && (
        <button type="button" className={styles["scheduled"]} onClick={onScheduled}>
          <Icon name="waiting" size="1.125rem" />
          {texts.scheduled.waiting(scheduled)}
        </button>
      )}
      <div className={styles["bar"]}>
        <ComposerField
          model={model}
          writing={writing}
          shown={shown}
          texts={texts}
          placeholder={placeholder}
          describedBy={left === undefined ? undefined : roomId}
          onSubmit={submit}
          handle={field}
        />
        <EmojiButton writing={writing} texts={texts} onChoose={(emoji) => field.current?.insert(emoji)} />
        {editing === undefined && onSendLater !== undefined && (
          <IconButton icon="waiting" label={texts.scheduled.later} disabled={!canSend} onClick={onSendLater} />
        )}
        <IconButton type="submit" icon="send" look="filled" label={words.send} disabled={!canSend} />
      </div>
      {left !== undefined && (
        <p id={roomId} className={styles[left < 0 ? "over" : "note"]}>
          {roomText(left, texts)}
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

interface EmojiButtonProps {
  readonly writing: Writing;
  readonly texts: Texts;
  readonly onChoose: (emoji: string) => void;
}

function EmojiButton({ writing, texts, onChoose }: EmojiButtonProps) {
  const [beside, setBeside] = useState<HTMLElement>();
  /** The press that closes it, as one elsewhere does, does not open it again. */
  const closing = useRef(false);
  return (
    <>
      <IconButton
        icon="react"
        label={texts.conversation.emoji}
        aria-haspopup="dialog"
        aria-expanded={beside !== undefined}
        onPointerDown={() => {
          closing.current = beside !== undefined;
        }}
        // The field keeps the focus, and gets it back from the picker.
        onMouseDown={(event) => event.preventDefault()}
        onClick={({ currentTarget }) => {
          if (!closing.current) setBeside(currentTarget);
          closing.current = false;
        }}
      />
      {beside !== undefined && (
        <EmojiPopover
          emojis={writing.emojis}
          anchor={beside}
          texts={texts}
          onChoose={(emoji) => {
            onChoose(emoji);
            setBeside(undefined);
          }}
          onClose={() => setBeside(undefined)}
        />
      )}
    </>
  );
}
