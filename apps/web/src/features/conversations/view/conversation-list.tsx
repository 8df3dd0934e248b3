import { type KeyboardEvent, memo, type ReactNode, useRef } from "react";
import { formatRoute } from "../../../app/route.ts";
import { Button } from "../../../design/primitives/button.tsx";
import { EmptyState } from "../../../design/primitives/empty-state.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationListViewModel } from "../view-model/conversation-list-view-model.ts";
import { ConversationLine } from "./conversation-line.tsx";
import styles from "./conversation-list.module.css";

export interface ConversationListProps {
  readonly model: ConversationListViewModel;
  readonly texts: Texts;
  readonly onStart: () => void;
  /** One's own picture, which opens the settings. */
  readonly self: ReactNode;
}

/** The list of conversations, with what stands above it. */
export const ConversationList = memo(function ConversationList({ model, texts, onStart, self }: ConversationListProps) {
  const { loaded, items, any, filter, selected } = useObservable(model);
  const words = texts.conversations;
  const list = useRef<HTMLUListElement>(null);
  return (
    <div className={styles["pane"]}>
      <header className={styles["header"]}>
        {self}
        <h1 className={styles["name"]}>{texts.app.name}</h1>
        <IconButton icon="compose" label={words.start} onClick={onStart} />
      </header>
      {any && (
        <search className={styles["filter"]}>
          <SearchField
            label={words.filter}
            value={filter}
            onValue={model.setFilter}
            onKeyDown={(event) => filterKey(event, list.current)}
          />
        </search>
      )}
      <nav aria-label={words.label} className={styles["nav"]}>
        {!loaded && <Loading text={words.loading} />}
        {loaded && !any && (
          <EmptyState icon="compose" title={words.emptyTitle} text={words.emptyText}>
            <Button look="primary" icon="add" onClick={onStart}>
              {texts.newConversation.begin}
            </Button>
          </EmptyState>
        )}
        {any && items.length === 0 && <p className={styles["noMatch"]}>{words.noMatch(filter.trim())}</p>}
        <ul ref={list} className={styles["list"]} onKeyDown={moveFocus}>
          {items.map((item) => (
            <ConversationLine
              key={item.id}
              item={item}
              href={formatRoute({ conversation: item.id })}
              selected={item.id === selected}
              texts={texts}
            />
          ))}
        </ul>
      </nav>
    </div>
  );
});

function Loading({ text }: { readonly text: string }) {
  return (
    <div className={styles["loading"]} role="img" aria-label={text}>
      {[0, 1, 2, 3, 4, 5].map((line) => (
        <span key={line} className={styles["ghost"]} />
      ))}
    </div>
  );
}

/** From the filter, Down goes to what was found, and Enter opens the first of it. */
function filterKey(event: KeyboardEvent<HTMLElement>, list: HTMLElement | null): void {
  const first = list?.querySelector("a");
  if (!first || event.nativeEvent.isComposing || (event.key !== "ArrowDown" && event.key !== "Enter")) return;
  event.preventDefault();
  if (event.key === "Enter") first.click();
  else first.focus();
}

/** Up and Down move between the lines, Home and End to the ends. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const at = links.findIndex((link) => link.matches(":focus"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  const link = next === undefined ? undefined : links[next];
  if (link === undefined) return;
  event.preventDefault();
  link.focus();
}
