import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { Texts } from "../../../texts/en.ts";
import { type SearchItem, type SearchPorts, SearchViewModel } from "../view-model/search-view-model.ts";
import { DayForm } from "./day-form.tsx";
import styles from "./search-panel.module.css";

export interface SearchPanelProps {
  readonly ports: SearchPorts;
  /** Goes to its field whenever this is another number. */
  readonly asked: number;
  /** A day to go to another one from: then its field is gone to. */
  readonly day: string | undefined;
  readonly texts: Texts;
  /** Goes to a message. */
  readonly onChoose: (item: SearchItem) => void;
  /** Goes to the first message from a time on. */
  readonly onDay: (from: number) => Promise<void>;
  readonly onClose: () => void;
}

/** The search for as long as it is drawn. */
export function SearchPanel({ ports, ...rest }: SearchPanelProps) {
  const [model, setModel] = useState<SearchViewModel>();
  useEffect(() => {
    const opened = new SearchViewModel(ports);
    setModel(opened);
    return opened.dispose;
  }, [ports]);
  return model === undefined ? null : <OpenSearch model={model} {...rest} />;
}

interface OpenSearchProps extends Omit<SearchPanelProps, "ports"> {
  readonly model: SearchViewModel;
}

function OpenSearch({ model, asked, day, texts, onChoose, onDay, onClose }: OpenSearchProps) {
  const { query, items, summary, reach, searching, canShowMore } = useObservable(model);
  const panel = useRef<HTMLElement>(null);
  const [before] = useState(() => document.activeElement);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once more
  useEffect(() => {
    if (day === undefined) field.current?.select();
  }, [asked, day]);
  const words = texts.search;
  const close = () => {
    onClose();
    if (before instanceof HTMLElement) before.focus();
  };
  const choose = (item: SearchItem) => {
    onChoose(item);
    if (coversAll(panel.current)) close();
  };
  return (
    <search
      ref={panel}
      className={styles["panel"]}
      data-find
      aria-label={words.label}
      onKeyDown={(event) => {
        if (isPressed(event, "close") && !event.nativeEvent.isComposing) {
          event.preventDefault();
          close();
        } else moveFocus(event, panel.current);
      }}
    >
      <div className={styles["bar"]}>
        <SearchField ref={field} label={words.label} maxLength={200} value={query} onValue={model.setQuery} />
        <IconButton icon="close" label={words.close} onClick={close} />
      </div>
      <DayForm
        texts={texts}
        day={day}
        asked={asked}
        onDay={async (from) => {
          await onDay(from);
          if (coversAll(panel.current)) close();
        }}
      />
      <div className={styles["said"]}>
        <p className={styles["summary"]} role="status">
          {summary}
        </p>
        {searching && <p className={styles["summary"]}>{words.searching}</p>}
        <p className={styles["reach"]}>{reach}</p>
      </div>
      <div className={styles["found"]}>
        <ol aria-label={words.results}>
          {items.map((item) => (
            <Result key={item.id} item={item} onChoose={choose} />
          ))}
        </ol>
        {canShowMore && (
          <div className={styles["more"]}>
            <Button onClick={model.showMore}>{words.more}</Button>
          </div>
        )}
      </div>
    </search>
  );
}

function Result({ item, onChoose }: { readonly item: SearchItem; readonly onChoose: (item: SearchItem) => void }) {
  return (
    <li>
      <button type="button" className={styles["result"]} data-result={item.id} onClick={() => onChoose(item)}>
        <span className={styles["author"]} dir="auto">
          {item.author}
        </span>
        <time className={styles["time"]} title={item.fullTime}>
          {item.time}
        </time>
        <span className={styles["excerpt"]} dir="auto">
          {item.excerpt.map((part, index) =>
            part.hit ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
              <mark key={index}>{part.text}</mark>
            ) : (
              part.text
            ),
          )}
        </span>
      </button>
    </li>
  );
}

/** Where it lies over the messages, it has to go for one to be seen. */
function coversAll(panel: HTMLElement | null): boolean {
  return panel !== null && panel.offsetWidth >= (panel.parentElement?.clientWidth ?? 0);
}

/** Up and Down go between the field and what was found; Enter in the field goes to the first. */
function moveFocus(event: KeyboardEvent<HTMLElement>, panel: HTMLElement | null): void {
  if (panel === null || event.nativeEvent.isComposing) return;
  const field = panel.querySelector("input");
  const results = [...panel.querySelectorAll<HTMLElement>("[data-result]")];
  if (event.key === "Enter" && event.target === field) {
    event.preventDefault();
    results[0]?.click();
    return;
  }
  const at = results.findIndex((result) => result.matches(":focus"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (next === undefined || (at < 0 && event.target !== field) || (at < 0 && event.key === "ArrowUp")) return;
  event.preventDefault();
  if (next < 0) field?.focus();
  else results[next]?.focus();
}
