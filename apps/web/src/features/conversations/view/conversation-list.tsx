import { type KeyboardEvent, memo, type ReactNode, useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { EmptyState } from "../../../design/primitives/empty-state.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationItem } from "../view-model/conversation-item.ts";
import type { ConversationListViewModel } from "../view-model/conversation-list-view-model.ts";
import styles from "./conversation-list.module.css";
import { type ConversationDeeds, ConversationMenu, type OpenConversationMenu } from "./conversation-menu.tsx";
import { ConversationRows, type ConversationRowsHandle } from "./conversation-rows.tsx";

export interface ConversationListProps {
  readonly model: ConversationListViewModel;
  readonly texts: Texts;
  readonly onStart: () => void;
  /** One's own picture, which opens the settings. */
  readonly self: ReactNode;
  readonly deeds: ConversationDeeds;
  /** It is all there is on the screen, and its header not that of the page. */
  readonly alone: boolean;
}

/** The list of conversations, with what stands above it. */
export const ConversationList = memo(function ConversationList(props: ConversationListProps) {
  const { model, texts, onStart, self, deeds, alone } = props;
  const { loaded, items, any, filter, selected } = useObservable(model);
  const words = texts.conversations;
  const [menu, setMenu] = useState<OpenConversationMenu>();
  const openMenu = (item: ConversationItem, anchor: MenuAnchor) => setMenu({ item, anchor });
  const rows = useRef<ConversationRowsHandle>(null);
  return (
    <div className={styles["pane"]}>
      <header className={styles["header"]} role={alone ? "presentation" : undefined}>
        {self}
        <h1 className={styles["name"]} tabIndex={-1} data-focus-home>
          {texts.app.name}
        </h1>
        <IconButton icon="compose" label={words.start} onClick={onStart} />
      </header>
      {any && (
        <search className={styles["filter"]}>
          <SearchField
            label={words.filter}
            value={filter}
            onValue={model.setFilter}
            onKeyDown={(event) => filterKey(event, rows.current)}
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
        {items.length > 0 && (
          <ConversationRows
            items={items}
            selected={selected}
            filter={filter}
            texts={texts}
            onMenu={openMenu}
            handle={rows}
          />
        )}
        <ConversationMenu menu={menu} deeds={deeds} texts={texts} onClose={() => setMenu(undefined)} />
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
function filterKey(event: KeyboardEvent<HTMLElement>, rows: ConversationRowsHandle | null): void {
  if (rows === null || event.nativeEvent.isComposing) return;
  if (isPressed(event, "openFound")) rows.openFirst();
  else if (isPressed(event, "nextLine")) rows.focusFirst();
  else return;
  event.preventDefault();
}
