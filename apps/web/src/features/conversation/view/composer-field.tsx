import {
  type ChangeEvent,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
} from "react";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Completions, Replacement } from "../view-model/completions.ts";
import type { ComposerSnapshot, ComposerViewModel } from "../view-model/composer-view-model.ts";
import type { Writing } from "../view-model/writing.ts";
import { COMPLETIONS_ID, CompletionList, completionId } from "./completion-list.tsx";
import styles from "./composer.module.css";
import { replaceInField } from "./replace-in-field.ts";

export interface ComposerFieldHandle {
  focus(): void;
  /** The caret goes behind everything. */
  focusEnd(): void;
  /** In place of what is selected, as if it had been typed. */
  insert(text: string): void;
}

export interface ComposerFieldProps {
  readonly model: ComposerViewModel;
  readonly writing: Writing;
  readonly shown: ComposerSnapshot;
  readonly texts: Texts;
  readonly placeholder: string;
  /** The id of what says how much room is left. */
  readonly describedBy: string | undefined;
  readonly onSubmit: () => void;
  readonly handle: Ref<ComposerFieldHandle>;
}

/** What is beyond this is scrolled to, so it makes no room. */
const MOST_FOR_ROOM = 4_000;

/** Where a message is written. It grows with its text up to a bound; people and emojis are offered above it. */
export function ComposerField(props: ComposerFieldProps) {
  const { model, writing, shown, texts, placeholder, describedBy, onSubmit, handle } = props;
  const { completions } = writing;
  const offered = useObservable(completions);
  const field = useRef<HTMLTextAreaElement>(null);
  const replace = (replacement: Replacement | undefined) => {
    if (field.current !== null && replacement !== undefined) replaceInField(field.current, replacement);
  };
  useImperativeHandle(handle, () => fieldHandle(field), []);
  const open = offered.options.length > 0;
  return (
    <>
      <CompletionList completions={offered} texts={texts} onChoose={(index) => replace(completions.choose(index))} />
      <div className={styles["grow"]} data-text={shown.text.slice(0, MOST_FOR_ROOM)}>
        <textarea
          ref={field}
          className={styles["field"]}
          aria-label={texts.conversation.message}
          placeholder={placeholder}
          rows={1}
          dir="auto"
          enterKeyHint="send"
          value={shown.text}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={open ? COMPLETIONS_ID : undefined}
          aria-activedescendant={open ? completionId(offered.active) : undefined}
          aria-describedby={describedBy}
          aria-invalid={(shown.left ?? 0) < 0 || undefined}
          onChange={(event) => changed(event, model, completions, replace)}
          onSelect={({ currentTarget }) => completions.moved(currentTarget.value, currentTarget.selectionEnd)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (open && completionKey(event, completions, replace)) return;
            composerKey(event, model, onSubmit);
          }}
          onPaste={(event) => pasted(event, writing)}
          onCompositionStart={() => model.setComposing(true)}
          onCompositionEnd={() => model.setComposing(false)}
          onBlur={() => {
            completions.hide();
            model.blur();
          }}
        />
      </div>
    </>
  );
}

function fieldHandle(field: { readonly current: HTMLTextAreaElement | null }): ComposerFieldHandle {
  return {
    focus: () => field.current?.focus(),
    focusEnd: () => {
      field.current?.focus();
      field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    },
    insert: (text) => {
      const element = field.current;
      if (element === null) return;
      replaceInField(element, { start: element.selectionStart, end: element.selectionEnd, text });
    },
  };
}

/** While an input method composes, its keys belong to it. Safari tells of the one that ends it when it is over, under this number. */
function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229;
}

function changed(
  { currentTarget, nativeEvent }: ChangeEvent<HTMLTextAreaElement>,
  model: ComposerViewModel,
  completions: Completions,
  replace: (replacement: Replacement | undefined) => void,
): void {
  const { value, selectionEnd } = currentTarget;
  model.setText(value);
  const event = nativeEvent instanceof InputEvent ? nativeEvent : undefined;
  if (event?.isComposing === true && !composesAllText()) completions.hide();
  else completions.typed(value, selectionEnd);
  if (event?.inputType !== "insertText" || event.data !== ":") return;
  const replacement = completions.finished(value, selectionEnd);
  // After this event, which is not over; before the next one.
  if (replacement !== undefined) queueMicrotask(() => replace(replacement));
}

/** The keyboards of phones compose every word, and what is offered is chosen by a finger, which asks for no key. */
function composesAllText(): boolean {
  return !window.matchMedia("(hover: hover)").matches;
}

/** Whether the key was meant for what is offered. */
function completionKey(
  event: KeyboardEvent<HTMLTextAreaElement>,
  completions: Completions,
  replace: (replacement: Replacement | undefined) => void,
): boolean {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "ArrowDown":
    case "ArrowUp":
      completions.move(event.key === "ArrowDown" ? 1 : -1);
      break;
    case "Enter":
    case "Tab":
      replace(completions.choose());
      break;
    case "Escape":
      completions.close();
      // For nobody else: what else it would close stays.
      event.stopPropagation();
      break;
    default:
      return false;
  }
  event.preventDefault();
  return true;
}

function composerKey(event: KeyboardEvent<HTMLTextAreaElement>, model: ComposerViewModel, submit: () => void): void {
  if (isPressed(event, "send")) {
    event.preventDefault();
    submit();
  } else if (isPressed(event, "editLast") && event.currentTarget.value === "" && model.editLastOwn()) {
    event.preventDefault();
  } else if (isPressed(event, "cancelEdit")) {
    model.cancel();
  }
}

/** Text comes as it is. What an office program copies is text as well as a picture of it. */
function pasted(event: ClipboardEvent, writing: Writing): void {
  const { files } = event.clipboardData;
  if (files.length === 0 || event.clipboardData.getData("text/plain") !== "") return;
  event.preventDefault();
  writing.refuseFiles();
}
