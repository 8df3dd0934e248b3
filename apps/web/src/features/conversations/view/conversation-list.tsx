import { type KeyboardEvent, memo, type ReactNode, useRef, useState } from "react";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { EmptyState } from "../../../design/primitives/empty-state.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { SearchField } from "../../../design/primitives/search-field.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import type { Texts } from "../../../texts/en.ts";
import { type ConversationItem, isUnread } from "../view-model/conversation-item.ts";
import type { ArchiveSummary, ConversationListViewModel } from "../view-model/conversation-list-view-model.ts";
import styles from "./conversation-list.module.css";
import {
  type Clearing,
  type ConversationDeeds,
  ConversationMenu,
  type OpenConversationMenu,
} from "./conversation-menu.tsx";
import { ConversationRows, type ConversationRowsHandle, type LineKey } from "./conversation-rows.tsx";
import { RequestsPlace } from "./requests-place.tsx";

export interface ConversationListProps {
  readonly model: ConversationListViewModel;
  readonly texts: Texts;
  readonly onStart: () => void;
  /** How many messages are saved. */
  readonly saved: number;
  readonly onSaved: () => void;
  /** The threads that one follows. */
  readonly onThreads: () => void;
  /** How many messages wait to be sent, of all conversations. */
  readonly scheduled: number;
  readonly onScheduled: () => void;
  /** How many reminders are set, and are due. */
  readonly reminders: number;
  readonly remindersDue: number;
  readonly onReminders: () => void;
  readonly onMentions: () => void;
  /** One's own picture, which opens the settings. */
  readonly self: ReactNode;
  readonly deeds: ConversationDeeds;
  /** It is all there is on the screen, and its header not that of the page. */
  readonly alone: boolean;
}

/** The list of conversations, with what stands above it. */
export const ConversationList = memo(function ConversationList(props: ConversationListProps) {
  const { model, texts, onStart, saved, onSaved, onThreads, onMentions, scheduled, onScheduled, self, deeds, alone } =
    props;
  const { reminders, remindersDue, onReminders } = props;
  const { loaded, items, inArchive, archive, inRequests, requests, threads, any, mentions, filter, selected } =
    useObservable(model);
  const words = texts.conversations;
  const [menu, setMenu] = useState<OpenConversationMenu>();
  const [muting, setMuting] = useState<OpenConversationMenu>();
  const [clearing, setClearing] = useState<Clearing>();
  const openMenu = (item: ConversationItem, anchor: MenuAnchor) => setMenu({ item, anchor });
  const onKey = (item: ConversationItem, key: LineKey, anchor: MenuAnchor) => {
    if (key === "pinLine") deeds.pin(item.id, !item.pinned);
    else if (key === "archiveLine") deeds.archive(item.id, !item.archived);
    else if (key === "unreadLine") {
      if (!item.requested) deeds.markUnread(item.id, !isUnread(item));
    } else if (key === "unlistLine") setClearing({ conversation: item.id, unlists: true });
    else if (item.muted) deeds.mute(item.id, undefined);
    else setMuting({ item, anchor });
  };
  const rows = useRef<ConversationRowsHandle>(null);
  return (
    <div className={styles["pane"]}>
      <header className={styles["header"]} role={alone ? "presentation" : undefined}>
        {self}
        <h1 className={styles["name"]} tabIndex={-1} data-focus-home>
          {texts.app.name}
        </h1>
        <span className={styles["mentions"]}>
          <IconButton icon="mention" label={texts.mentions.open(mentions)} onClick={onMentions} />
          {mentions > 0 && (
            <span className={styles["mentionCount"]}>
              <Badge count={mentions} label="" />
            </span>
          )}
        </span>
        <IconButton icon="compose" label={words.start} onClick={onStart} />
      </header>
      {/* Also while the list is loading, which would move down when the first conversation comes. */}
      {(any || !loaded) && (
        <search className={styles["filter"]}>
          <SearchField
            label={words.filter}
            value={filter}
            onValue={model.setFilter}
            onKeyDown={(event) => filterKey(event, rows.current)}
          />
        </search>
      )}
      {saved > 0 && filter.trim() === "" && (
        <button type="button" className={styles["archive"]} onClick={onSaved}>
          <Icon name="star" />
          <span className={styles["archiveName"]}>{texts.savedMessages.place(saved)}</span>
        </button>
      )}
      {threads !== undefined && filter.trim() === "" && (
        <button type="button" className={styles["archive"]} onClick={onThreads}>
          <Icon name="thread" />
          <span className={styles["archiveName"]}>{texts.threads.place}</span>
          {threads > 0 && <Badge count={threads} label={texts.threads.placeUnread(threads)} />}
        </button>
      )}
      {scheduled > 0 && filter.trim() === "" && (
        <button type="button" className={styles["archive"]} onClick={onScheduled}>
          <Icon name="waiting" />
          <span className={styles["archiveName"]}>{texts.scheduled.place(scheduled)}</span>
        </button>
      )}
      {reminders > 0 && filter.trim() === "" && (
        <button type="button" className={styles["archive"]} onClick={onReminders}>
          <Icon name="bell" />
          <span className={styles["archiveName"]}>{texts.reminders.place(reminders)}</span>
          {remindersDue > 0 && <Badge count={remindersDue} label={texts.reminders.placeDue(remindersDue)} />}
        </button>
      )}
      {(requests > 0 || inRequests) && filter.trim() === "" && (
        <RequestsPlace
          inRequests={inRequests}
          count={requests}
          texts={texts}
          onPress={() => model.showRequests(!inRequests)}
        />
      )}
      {archive.count > 0 && filter.trim() === "" && (
        <ArchiveButton
          inArchive={inArchive}
          archive={archive}
          texts={texts}
          onPress={() => model.showArchive(!inArchive)}
        />
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
        {any && items.length === 0 && filter.trim() !== "" && (
          <p className={styles["noMatch"]}>{words.noMatch(filter.trim())}</p>
        )}
        {items.length > 0 && (
          <ConversationRows
            items={items}
            selected={selected}
            of={`${inArchive} ${inRequests} ${filter}`}
            texts={texts}
            onMenu={openMenu}
            onKey={onKey}
            handle={rows}
          />
        )}
        <ConversationMenu
          menu={menu}
          muting={muting}
          onMute={setMuting}
          clearing={clearing}
          onClear={setClearing}
          deeds={deeds}
          texts={texts}
          onClose={() => setMenu(undefined)}
        />
      </nav>
    </div>
  );
});

interface ArchiveButtonProps {
  readonly inArchive: boolean;
  readonly archive: ArchiveSummary;
  readonly texts: Texts;
  readonly onPress: () => void;
}

/** The way to what was put away, and back. */
function ArchiveButton({ inArchive, archive, texts, onPress }: ArchiveButtonProps) {
  const words = texts.preferences;
  return (
    <button type="button" className={styles["archive"]} onClick={onPress}>
      <Icon name={inArchive ? "back" : "archive"} />
      <span className={styles["archiveName"]}>
        {inArchive ? words.leaveArchive : words.archivePlace(archive.count)}
      </span>
      {!inArchive && archive.unread > 0 && (
        <Badge quiet count={archive.unread} label={words.archiveUnread(archive.unread)} />
      )}
    </button>
  );
}

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
