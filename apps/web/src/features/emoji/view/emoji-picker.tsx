import { type RefObject, useEffect, useRef, useState } from "react";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { EmojiBook } from "../view-model/emoji-book.ts";
import { EmojiPickerViewModel, type ShownEmoji } from "../view-model/emoji-picker-view-model.ts";
import type { Emojis } from "../view-model/emojis.ts";
import { EmojiGrid } from "./emoji-grid.tsx";
import styles from "./emoji-picker.module.css";
import { EmojiTabs } from "./emoji-tabs.tsx";
import { ToneChoice } from "./tone-choice.tsx";

export interface EmojiPickerProps {
  readonly emojis: Emojis;
  readonly book: EmojiBook;
  readonly texts: Texts;
  /** What was typed before it was there; read in the moment from which on it hears what is typed. */
  readonly typedBefore: RefObject<string>;
  readonly onChoose: (emoji: string) => void;
}

/** Emojis by category, and a search. Enter in the search chooses the best. */
export function EmojiPicker({ emojis, book, texts, typedBefore, onChoose }: EmojiPickerProps) {
  const [model] = useState(() => new EmojiPickerViewModel(emojis, book));
  const { query, tab, shown, tone } = useObservable(model);
  const [pointed, setPointed] = useState<ShownEmoji>();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  // After the model is observed: of a field that has the focus before, what is typed would be taken back.
  useEffect(() => {
    // Under a finger it would bring up the keyboard over the emojis.
    if (window.matchMedia("(hover: hover)").matches) search.current?.focus();
    if (typedBefore.current !== "") model.setQuery(typedBefore.current);
  }, [model, typedBefore]);
  const words = texts.emoji;
  const { best } = model;
  const empty = tab === undefined ? words.none : words.noRecent;
  return (
    <div className={styles["picker"]}>
      <div className={styles["search"]}>
        <SearchField
          ref={search}
          label={words.search}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="done"
          value={query}
          onValue={model.setQuery}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "ArrowDown") grid.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
            else if (event.key !== "Enter") return;
            event.preventDefault();
            if (event.key === "Enter" && best !== undefined) onChoose(best.text);
          }}
        />
      </div>
      <EmojiTabs tab={tab} texts={texts} onOpen={model.open} />
      <div
        role="tabpanel"
        id="emoji-panel"
        className={styles["panel"]}
        aria-label={tab === undefined ? words.results : words.tabs[tab]}
      >
        {shown.length > 0 ? (
          <EmojiGrid
            key={tab ?? query}
            ref={grid}
            emojis={shown}
            label={tab === undefined ? words.results : words.tabs[tab]}
            marked={best}
            onChoose={onChoose}
            onPoint={setPointed}
            onLeave={() => search.current?.focus()}
          />
        ) : (
          <p className={styles["empty"]}>{empty}</p>
        )}
      </div>
      <footer className={styles["footer"]}>
        <Pointed emoji={pointed ?? best} />
        <ToneChoice tone={tone} texts={texts} onChoose={model.setTone} />
      </footer>
      <Hidden>
        <span role="status">{tab === undefined ? words.found(shown.length) : ""}</span>
      </Hidden>
    </div>
  );
}

/** What the pointer or the focus is on; it is read with the button itself. */
function Pointed({ emoji }: { readonly emoji: ShownEmoji | undefined }) {
  return (
    <p className={styles["pointed"]} aria-hidden="true">
      {emoji !== undefined && (
        <>
          <span className={styles["name"]}>{emoji.name}</span>
          <span className={styles["shortcode"]}>{emoji.shortcode}</span>
        </>
      )}
    </p>
  );
}
