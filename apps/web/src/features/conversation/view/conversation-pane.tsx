import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { Tips } from "../../../design/primitives/tips.tsx";
import { useLongPress } from "../../../design/use-long-press.ts";
import { useSwipe } from "../../../design/use-swipe.ts";
import { useObservable } from "../../../observable/use-observable.ts";
import { useShortcuts } from "../../../shortcuts/use-shortcuts.ts";
import type { Texts } from "../../../texts/en.ts";
import { BlockedNote } from "../../blocking/view/blocked-note.tsx";
import type { PreferenceDeeds } from "../../preferences/view-model/preference-deeds.ts";
import type { ConversationHeader } from "../view-model/conversation-header.ts";
import type { ConversationSnapshot } from "../view-model/conversation-snapshot.ts";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { TimelineItem } from "../view-model/timeline-item.ts";
import { Composer, type ComposerHandle } from "./composer.tsx";
import styles from "./conversation-pane.module.css";
import { ConversationTop } from "./conversation-top.tsx";
import { MentionMenu, type PressedPerson } from "./mention-menu.tsx";
import { MessageActionsMenu } from "./message-actions-menu.tsx";
import { MessageWindow } from "./message-window.tsx";
import { Empty, EndState, JumpDown, LoadingCover, Missing, NextMention } from "./pane-states.tsx";
import { PinnedBar } from "./pinned-bar.tsx";
import { RequestNote } from "./request-note.tsx";
import { copySelection, type OpenMenu, pressedInRow, rowKey, rowPress, rowSwipe, touching } from "./row-events.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { StickyDay, type StickyDayHandle } from "./sticky-day.tsx";
import { TimelineRow } from "./timeline-row.tsx";
import { useBarRoom } from "./use-bar-room.ts";
import { useDroppedFiles } from "./use-dropped-files.ts";

export interface ConversationPaneProps {
  readonly model: ConversationViewModel;
  readonly texts: Texts;
  readonly deeds: PreferenceDeeds;
  readonly onBack: () => void;
  readonly onInfo: () => void;
  /** Who received and read a message. */
  readonly onMessageInfo: (message: string) => void;
  /** Who reacted to a message. @param emoji what is asked about first */
  readonly onReactions: (message: string, emoji?: string) => void;
  /** What a message said before it was edited. */
  readonly onVersions: (message: string) => void;
  /** The admins of the server are to be told of a message. */
  readonly onReport: (message: string) => void;
  /** Messages are to be posted in other conversations, too, in this order. */
  readonly onForward: (messages: readonly string[]) => void;
  /** One wants to be reminded of a message. */
  readonly onRemind: (message: string) => void;
  readonly onOutbox: () => void;
  /** What is written is to be sent at a time; absent in threads. */
  readonly onSendLater?: (() => void) | undefined;
  /** The messages that wait to be sent here. */
  readonly onScheduled?: (() => void) | undefined;
  /** @param day to go to another day from */
  readonly onSearch: (day?: string) => void;
  /** To write to somebody who was mentioned. */
  readonly onMessage: (account: string) => void;
  /** The thread below a message is to be opened. @param begun whether there is one */
  readonly onThread: (message: string, begun: boolean) => void;
  /** What stands above the messages, and what it is called, where it is no conversation of its own. */
  readonly top?: { readonly label: string; readonly content: ReactNode; readonly belowComposer: ReactNode };
  /** Stands beside the messages, or over them where there is no room. */
  readonly aside: ReactNode;
}

/** One conversation. Drawn anew (by its key) for each, so nothing of one shows in another. */
export function ConversationPane(props: ConversationPaneProps) {
  const {
    model,
    texts,
    deeds,
    onBack,
    onInfo,
    onMessageInfo,
    onReactions,
    onVersions,
    onReport,
    onForward,
    onRemind,
    onOutbox,
    onSendLater,
    onScheduled,
    onSearch,
    onMessage,
    onThread,
    top,
    aside,
  } = props;
  const snapshot = useObservable(model);
  const messages = useRef<MessageWindow>(null);
  const composer = useRef<ComposerHandle>(null);
  const [menu, setMenu] = useState<{ readonly id: string; readonly anchor: MenuAnchor }>();
  const inPanel = top !== undefined;
  useShortcuts(
    useMemo(
      () => ({ ...(!inPanel && { write: () => focusOn(composer) }), close: () => endSelecting(model) }),
      [model, inPanel],
    ),
  );
  useDroppedFiles(model.writing.refuseFiles);
  const selected = useObservable(model.selecting);
  const { header, writable, typing } = snapshot;
  const person = header?.person;
  if (header === undefined) return <Missing texts={texts} onBack={onBack} />;
  const openMenu: OpenMenu = (id, anchor) => {
    if (model.selecting.get() !== undefined) model.selecting.toggle(id);
    else if (model.messages.actionsFor(id) !== undefined) setMenu({ id, anchor });
  };
  const words = texts.conversation;
  const reply = (id: string) => {
    if (model.messages.reply(id)) composer.current?.focus();
  };
  const openThread = (id: string) => {
    if (model.messages.actionsFor(id)?.canThread === true) onThread(id, model.messages.hasThread(id));
  };
  const group = header.kind === "group" || header.kind === "thread";
  return (
    <section
      className={styles[inPanel ? "panel" : "pane"]}
      aria-label={top?.label ?? header.title}
      data-group={group || undefined}
    >
      {top?.content ?? (
        <ConversationTop
          conversation={model.id}
          header={header}
          timer={snapshot.timer}
          onTimer={model.setTimer}
          deeds={deeds}
          texts={texts}
          onBack={onBack}
          onInfo={onInfo}
          onSearch={() => onSearch()}
        />
      )}
      <Messages
        model={model}
        snapshot={snapshot}
        texts={texts}
        window={messages}
        composer={composer}
        openMenu={openMenu}
        onReply={reply}
        onOutbox={onOutbox}
        onVersions={onVersions}
        onReactions={onReactions}
        onDays={onSearch}
        onMessage={onMessage}
        onThread={openThread}
      />
      <p className={styles["typing"]}>{typing}</p>
      {header.request !== undefined && person !== undefined && !person.blocked && (
        <RequestNote
          request={header.request}
          person={person}
          texts={texts}
          onAnswer={(accept) => deeds.answerRequest(model.id, accept)}
          onBlock={() => {
            deeds.block(person.account, true);
            deeds.answerRequest(model.id, false);
          }}
        />
      )}
      {selected !== undefined ? (
        <SelectionBar
          model={model.selecting}
          selected={selected}
          texts={texts}
          onForward={() => onForward(model.selecting.messages)}
          onEnd={model.selecting.end}
        />
      ) : writable ? (
        <Composer
          model={model.composer}
          writing={model.writing}
          texts={texts}
          placeholder={placeholderOf(header, texts)}
          answering={snapshot.answering}
          scheduled={snapshot.scheduled}
          onSendLater={onSendLater}
          onScheduled={onScheduled}
          yields={snapshot.pointed?.focus === true}
          onSent={() => messages.current?.stickToNewest()}
          handle={composer}
        />
      ) : person?.blocked === true ? (
        <BlockedNote person={person} texts={texts} onUnblock={() => deeds.block(person.account, false)} />
      ) : (
        <p className={styles["readOnly"]}>{words.readOnly}</p>
      )}
      {top?.belowComposer}
      {aside}
      <MessageActionsMenu
        model={model}
        texts={texts}
        menu={menu}
        onInfo={onMessageInfo}
        onReply={reply}
        onForward={(id) => onForward([id])}
        onRemind={onRemind}
        onSelect={(id) => {
          model.selecting.toggle(id);
          messages.current?.focusRow(id);
        }}
        onReactions={onReactions}
        onVersions={onVersions}
        onReport={onReport}
        onThread={openThread}
        onClose={() => setMenu(undefined)}
      />
    </section>
  );
}

function placeholderOf({ kind, title }: ConversationHeader, { conversation, threads }: Texts): string {
  if (kind === "thread") return threads.placeholder;
  return kind === "notes" ? conversation.placeholder : conversation.placeholderTo(title);
}

function focusOn(composer: RefObject<ComposerHandle | null>): boolean {
  composer.current?.focus();
  return composer.current !== null;
}

function endSelecting({ selecting }: ConversationViewModel): boolean {
  const was = selecting.get() !== undefined;
  selecting.end();
  return was;
}

function holeAfter(items: readonly TimelineItem[], key: string): boolean {
  return items.slice(items.findIndex((item) => item.key === key) + 1).some((item) => item.kind === "hole");
}

interface MessagesProps {
  readonly model: ConversationViewModel;
  readonly snapshot: ConversationSnapshot;
  readonly texts: Texts;
  readonly window: RefObject<MessageWindow | null>;
  readonly composer: RefObject<ComposerHandle | null>;
  readonly openMenu: OpenMenu;
  readonly onReply: (message: string) => void;
  readonly onOutbox: () => void;
  readonly onVersions: (message: string) => void;
  readonly onReactions: (message: string, emoji: string) => void;
  readonly onDays: (day: string) => void;
  readonly onMessage: (account: string) => void;
  readonly onThread: (message: string) => void;
}

/** The messages, with what lies over them. */
function Messages(props: MessagesProps) {
  const { model, snapshot, texts, window, composer, openMenu, onReply, onOutbox, onVersions, onReactions } = props;
  const { onDays, onMessage, onThread } = props;
  const selected = useObservable(model.selecting)?.ids;
  const press = useLongPress(rowPress(model, openMenu, onReactions));
  const swipe = useSwipe(rowSwipe(model, onReply));
  const touch = useMemo(() => touching(press, swipe), [press, swipe]);
  const [sticks, setSticks] = useState(true);
  const [person, setPerson] = useState<PressedPerson>();
  const area = useRef<HTMLDivElement>(null);
  const day = useRef<StickyDayHandle>(null);
  const { loaded, items, atNewest, unread, behindUnread, mentions, older, newer, pinned, writable } = snapshot;
  const { pointed, begin } = snapshot;
  const firstBegin = useRef(begin);
  const room = useBarRoom(loaded, pinned.length > 0);
  useLayoutEffect(() => {
    if (pointed !== undefined) window.current?.pointOut(pointed.id, pointed.focus);
  }, [pointed, window]);
  useLayoutEffect(() => {
    // There it is from the start.
    if (begin !== firstBegin.current) window.current?.begin();
  }, [begin, window]);
  const stick = (now: boolean) => {
    setSticks(now);
    model.stick(now);
  };
  const toNewest = () => {
    window.current?.stickToNewest();
    void model.going.jumpToNewest().then(() => window.current?.stickToNewest());
  };
  return (
    <div ref={area} className={styles["middle"]} data-room={room}>
      {pinned.length > 0 && <PinnedBar model={model} pinned={pinned} writable={writable} texts={texts} />}
      {older === "idle" && <StickyDay handle={day} />}
      <EndState state={older} end="oldest" texts={texts} onRetry={() => model.loadOlder(true)} />
      {loaded && !items.some((item) => item.kind === "message" || item.kind === "system") && (
        <Empty snapshot={snapshot} texts={texts} />
      )}
      <MessageWindow
        ref={window}
        label={texts.conversation.messages}
        items={items}
        room={room}
        atNewest={atNewest}
        beginAt={begin.key}
        beginTop={begin.top}
        awaitsRows={!atNewest || holeAfter(items, begin.key)}
        onNearOldest={model.loadOlder}
        onNearNewest={model.loadNewer}
        onInView={model.inView}
        onPlace={model.keepPlace}
        onStick={stick}
        onReaderScroll={(first) => day.current?.scrolled(first)}
        onClick={(event) =>
          pressedInRow(event, {
            model,
            openMenu,
            openPerson: setPerson,
            openOutbox: onOutbox,
            openVersions: onVersions,
            openThread: onThread,
            openDays: onDays,
            window: window.current,
            composer: composer.current,
          })
        }
        press={touch}
        onKeyDown={(event) =>
          rowKey(event, {
            openMenu,
            reply: onReply,
            openThread: onThread,
            select: model.selecting.toggle,
            endSelecting: () => endSelecting(model),
            focusLast: () => window.current?.focusLastRow(),
            composer: composer.current,
          })
        }
        onCopy={(event) => copySelection(event, model)}
      >
        {items.map((item) => (
          <TimelineRow key={item.key} item={item} texts={texts} selected={selected?.has(item.key)} />
        ))}
      </MessageWindow>
      {!loaded && <LoadingCover text={texts.conversation.loading} />}
      <EndState state={newer} end="newest" texts={texts} onRetry={() => model.loadNewer(true)} />
      {loaded && !(sticks && atNewest) && mentions > 0 && (
        <NextMention mentions={mentions} texts={texts} onJump={model.going.goToNextMention} />
      )}
      {loaded && !(sticks && atNewest) && (
        <JumpDown
          unread={unread}
          toUnread={behindUnread}
          texts={texts}
          onJump={behindUnread ? () => void model.going.goToUnread() : toNewest}
        />
      )}
      <Tips within={area} />
      {person !== undefined && (
        <MentionMenu person={person} texts={texts} onMessage={onMessage} onClose={() => setPerson(undefined)} />
      )}
    </div>
  );
}
