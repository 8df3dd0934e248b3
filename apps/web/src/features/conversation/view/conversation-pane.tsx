import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { EmptyState } from "../../../design/primitives/empty-state.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { Spinner } from "../../../design/primitives/spinner.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationSnapshot, ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { LoadState } from "../view-model/timeline-loading.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import styles from "./conversation-pane.module.css";
import { ConversationTop } from "./conversation-top.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { MessageWindow } from "./message-window.tsx";
import { articleKey, articleOf } from "./row-keys.ts";
import { TimelineRow } from "./timeline-row.tsx";

export interface ConversationPaneProps {
  readonly model: ConversationViewModel;
  readonly texts: Texts;
  readonly onBack: () => void;
  readonly onInfo: () => void;
}

interface OpenMenu {
  readonly id: string;
  readonly anchor: MenuAnchor;
}

/** One conversation. Drawn anew (by its key) for each, so nothing of one shows in another. */
export function ConversationPane({ model, texts, onBack, onInfo }: ConversationPaneProps) {
  const snapshot = useObservable(model);
  const messages = useRef<MessageWindow>(null);
  const composer = useRef<ComposerHandle>(null);
  const [sticks, setSticks] = useState(true);
  const [menu, setMenu] = useState<OpenMenu>();
  const [deleting, setDeleting] = useState<string>();
  useSlashFocus(composer);
  const { header, loaded, items, writable, typing } = snapshot;
  if (header === undefined) return <Missing texts={texts} onBack={onBack} />;
  const openMenu = (id: string, anchor: MenuAnchor) => {
    if (model.actionsFor(id) !== undefined) setMenu({ id, anchor });
  };
  const pressed = (event: MouseEvent<HTMLElement>) => pressedInRow(event, model, openMenu);
  const actions = menu === undefined ? undefined : model.actionsFor(menu.id);
  const toNewest = () => {
    messages.current?.stickToNewest();
    void model.jumpToNewest().then(() => messages.current?.stickToNewest());
  };
  return (
    <section className={styles["pane"]} aria-label={header.title} data-group={header.kind === "group" || undefined}>
      <ConversationTop header={header} texts={texts} onBack={onBack} onInfo={onInfo} />
      <div className={styles["middle"]}>
        <EndState state={snapshot.older} end="oldest" texts={texts} onRetry={() => model.loadOlder(true)} />
        {loaded && !items.some((item) => item.kind === "message" || item.kind === "system") ? (
          <Empty snapshot={snapshot} texts={texts} />
        ) : null}
        <MessageWindow
          ref={messages}
          label={texts.conversation.messages}
          items={items}
          atNewest={snapshot.atNewest}
          beginAt="unread"
          onNearOldest={model.loadOlder}
          onNearNewest={model.loadNewer}
          onInView={model.inView}
          onStick={setSticks}
          onClick={pressed}
          onContextMenu={(event) => contextMenu(event, openMenu)}
          onKeyDown={(event) => rowKey(event, openMenu, () => messages.current?.focusLastRow(), composer.current)}
        >
          {items.map((item) => (
            <TimelineRow key={item.key} item={item} texts={texts} />
          ))}
        </MessageWindow>
        {!loaded && <LoadingCover text={texts.conversation.loading} />}
        <EndState state={snapshot.newer} end="newest" texts={texts} onRetry={() => model.loadNewer(true)} />
        {loaded && !(sticks && snapshot.atNewest) && (
          <JumpToNewest unread={snapshot.unread} texts={texts} onJump={toNewest} />
        )}
      </div>
      <p className={styles["typing"]}>{typing}</p>
      {writable ? (
        <Composer
          model={model.composer}
          texts={texts}
          placeholder={
            header.kind === "notes" ? texts.conversation.placeholder : texts.conversation.placeholderTo(header.title)
          }
          onSent={() => messages.current?.stickToNewest()}
          handle={composer}
        />
      ) : (
        <p className={styles["readOnly"]}>{texts.conversation.readOnly}</p>
      )}
      {menu !== undefined && actions !== undefined && (
        <MessageMenu
          actions={actions}
          anchor={menu.anchor}
          texts={texts}
          onReact={(emoji, set) => model.react(menu.id, emoji, set)}
          onEdit={() => model.startEdit(menu.id)}
          onCopy={() => void model.copy(menu.id)}
          onDelete={() => setDeleting(menu.id)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {deleting !== undefined && (
        <DeleteDialog
          texts={texts}
          onDelete={() => model.deleteForEveryone(deleting)}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </section>
  );
}

/** `/` goes to the composer from anywhere that takes no text. */
function useSlashFocus(composer: { readonly current: ComposerHandle | null }): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, dialog *");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      composer.current?.focus();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [composer]);
}

/** One listener for the buttons of all rows. */
function pressedInRow(
  event: MouseEvent<HTMLElement>,
  model: ConversationViewModel,
  openMenu: (id: string, anchor: MenuAnchor) => void,
): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-action]") : null;
  const id = articleKey(event.target);
  if (id === undefined) return;
  if (button === null) {
    if (isTap(event)) openMenu(id, pointOf(event));
    return;
  }
  const { action, emoji } = button.dataset;
  if (action === "menu") openMenu(id, button.getBoundingClientRect());
  if (action === "retry") model.retry(id);
  if (action === "discard") model.discard(id);
  if (action === "react" && emoji !== undefined) model.react(id, emoji, button.getAttribute("aria-pressed") !== "true");
}

/** The platform's own menu stays for links and selected text. */
function contextMenu(event: MouseEvent<HTMLElement>, openMenu: (id: string, anchor: MenuAnchor) => void): void {
  const id = articleKey(event.target);
  const ownMenu = event.target instanceof Element && event.target.closest("a") !== null;
  if (id === undefined || ownMenu || document.getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  openMenu(id, pointOf(event));
}

/** A finger on the text of a message, which has no button that appears under a mouse. */
function isTap({ target, nativeEvent }: MouseEvent<HTMLElement>): boolean {
  const touched = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch";
  return touched && target instanceof Element && target.closest("a") === null && target.closest("[dir=auto]") !== null;
}

function pointOf({ clientX, clientY }: MouseEvent<HTMLElement>): MenuAnchor {
  return { top: clientY, bottom: clientY, left: clientX, right: clientX };
}

function rowKey(
  event: KeyboardEvent<HTMLElement>,
  openMenu: (id: string, anchor: MenuAnchor) => void,
  focusLast: () => void,
  composer: ComposerHandle | null,
): void {
  const article = articleOf(event.target);
  if (article === undefined) {
    if (event.target === event.currentTarget && event.key === "ArrowUp") {
      event.preventDefault();
      focusLast();
    }
    return;
  }
  if (event.target !== article) return;
  if (event.key === "Enter" || event.key === "ContextMenu") {
    event.preventDefault();
    openMenu(article.dataset["key"] ?? "", article.getBoundingClientRect());
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    const articles = [...event.currentTarget.querySelectorAll<HTMLElement>("article")];
    articles[articles.indexOf(article) + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
  } else if (event.key === "Escape") {
    composer?.focus();
  }
}

function Missing({ texts, onBack }: { readonly texts: Texts; readonly onBack: () => void }) {
  return (
    <section className={styles["pane"]}>
      <EmptyState icon="search" title={texts.conversation.missingTitle} text={texts.conversation.missingText}>
        <Button onClick={onBack}>{texts.conversation.back}</Button>
      </EmptyState>
    </section>
  );
}

function Empty({ snapshot, texts }: { readonly snapshot: ConversationSnapshot; readonly texts: Texts }) {
  const notes = snapshot.header?.kind === "notes";
  const words = texts.conversation;
  return (
    <div className={styles["empty"]}>
      <EmptyState
        icon={notes ? "edit" : "react"}
        title={notes ? texts.common.notes : words.emptyTitle}
        text={notes ? words.emptyNotes : words.emptyText(snapshot.header?.title ?? "")}
      />
    </div>
  );
}

function LoadingCover({ text }: { readonly text: string }) {
  return (
    <p className={styles["loading"]}>
      <Spinner />
      {text}
    </p>
  );
}

interface EndStateProps {
  readonly state: LoadState;
  readonly end: "oldest" | "newest";
  readonly texts: Texts;
  readonly onRetry: () => void;
}

/** Lies over the list, so that it comes and goes without moving a row. */
function EndState({ state, end, texts, onRetry }: EndStateProps) {
  if (state === "idle") return null;
  return (
    <div className={styles["end"]} data-end={end}>
      {state === "loading" ? <Spinner /> : <Icon name="offline" />}
      <span>{state === "loading" ? texts.conversation.loading : texts.conversation.loadFailed}</span>
      {state === "failed" && (
        <Button look="quiet" onClick={onRetry}>
          {texts.conversation.loadAgain}
        </Button>
      )}
    </div>
  );
}

interface JumpToNewestProps {
  readonly unread: number;
  readonly texts: Texts;
  readonly onJump: () => void;
}

function JumpToNewest({ unread, texts, onJump }: JumpToNewestProps) {
  const words = texts.conversation;
  return (
    <button
      type="button"
      className={styles["jump"]}
      aria-label={unread > 0 ? words.jumpToNewestCount(unread) : words.jumpToNewest}
      title={words.jumpToNewest}
      onClick={onJump}
    >
      <Icon name="down" />
      {unread > 0 && (
        <span className={styles["jumpCount"]}>
          <Badge count={unread} label="" />
        </span>
      )}
    </button>
  );
}
