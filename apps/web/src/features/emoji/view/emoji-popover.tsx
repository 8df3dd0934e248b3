import { type ComponentType, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { Popover, type PopoverAnchor } from "../../../design/primitives/popover.tsx";
import { Spinner } from "../../../design/primitives/spinner.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { EmojiBook } from "../view-model/emoji-book.ts";
import type { Emojis } from "../view-model/emojis.ts";
import type { EmojiPickerProps } from "./emoji-picker.tsx";
import styles from "./emoji-popover.module.css";
import { isTyping } from "./is-typing.ts";

export interface EmojiPopoverProps {
  readonly emojis: Emojis;
  readonly anchor: PopoverAnchor;
  readonly texts: Texts;
  readonly onChoose: (emoji: string) => void;
  readonly onClose: () => void;
}

interface Fetched {
  readonly Picker: ComponentType<EmojiPickerProps>;
  readonly book: EmojiBook;
}

/** Where the picker opens; the picker itself and its emojis are fetched when they are wanted first. */
export function EmojiPopover({ emojis, anchor, texts, onChoose, onClose }: EmojiPopoverProps) {
  const [fetched, setFetched] = useState<Fetched | "failed">();
  /** Typed before there was a field to type in. */
  const typed = useRef("");
  const words = texts.emoji;
  const fetch = useCallback(() => {
    setFetched(undefined);
    Promise.all([import("./emoji-picker.tsx"), emojis.open()]).then(
      ([{ EmojiPicker }, book]) => setFetched({ Picker: EmojiPicker, book }),
      () => setFetched("failed"),
    );
  }, [emojis]);
  useEffect(fetch, [fetch]);
  return (
    <Popover
      anchor={anchor}
      beginAt="[data-autofocus]"
      dialog={words.label}
      className={styles["popover"]}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (isTyping(event) || (event.key === " " && typed.current !== "")) typed.current += event.key;
      }}
      onClose={onClose}
    >
      {fetched === undefined && (
        <p className={styles["state"]} role="status">
          <Spinner />
          {words.loading}
        </p>
      )}
      {fetched === "failed" && (
        <div className={styles["state"]}>
          <p role="alert">{words.failed}</p>
          <Button onClick={fetch}>{texts.common.retry}</Button>
        </div>
      )}
      {typeof fetched === "object" && (
        <fetched.Picker
          emojis={emojis}
          book={fetched.book}
          texts={texts}
          typedBefore={typed}
          onChoose={(emoji) => {
            emojis.used(emoji);
            onChoose(emoji);
          }}
        />
      )}
    </Popover>
  );
}
