import type { ThreadPlace } from "@parley/client";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Avatar } from "../design/primitives/avatar.tsx";
import { Button } from "../design/primitives/button.tsx";
import { EmptyState } from "../design/primitives/empty-state.tsx";
import { Hidden } from "../design/primitives/hidden.tsx";
import { ConnectionBanner } from "../features/connection/view/connection-banner.tsx";
import type { ConversationViewModel } from "../features/conversation/view-model/conversation-view-model.ts";
import type { OpenedThread } from "../features/conversation/view-model/opened-thread.ts";
import type { ThreadModel } from "../features/conversation/view-model/thread-model.ts";
import { ConversationList } from "../features/conversations/view/conversation-list.tsx";
import { NoticeList } from "../features/notices/view/notice-list.tsx";
import { UpdateOffer } from "../features/updates/view/update-offer.tsx";
import { useObservable } from "../observable/use-observable.ts";
import type { MessagePlace } from "../places/message-place.ts";
import type { Texts } from "../texts/en.ts";
import { type DialogRequest, settingsRequest, shortcutsRequest } from "./dialog-request.ts";
import { FaultBoundary } from "./fault-boundary.tsx";
import { ConversationFault } from "./fault-screens.tsx";
import { fetchConversationPane, LateConversationPane } from "./late-conversation-pane.tsx";
import { LatePart, useEarly, useInTime } from "./late-part.tsx";
import { fetchSearch, OpenSearch, type SearchRequest } from "./open-search.tsx";
import type { Session } from "./session.ts";
import { StoreProblem } from "./store-problem.tsx";
import { useAppShortcuts } from "./use-app-shortcuts.ts";
import { useMedia } from "./use-media.ts";
import styles from "./workspace.module.css";

/** All dialogs together: most visits open none. */
const fetchDialogs = async () => (await import("./session-dialog.tsx")).SessionDialog;
const fetchThread = async () => (await import("../features/conversation/view/thread-pane.tsx")).ThreadPane;
const fetchEmojiPicker = () => import("../features/emoji/view/emoji-picker.tsx");
const fetchInspector = async () => (await import("../features/inspector/view/inspector-dock.tsx")).InspectorDock;
/** Where one pane has room; the styles say the same. */
const ONE_PANE = "(max-width: 640px)";

/** The two panes: conversations, and the one that is open. On a phone, one of them. */
export function Workspace({ session, texts }: { readonly session: Session; readonly texts: Texts }) {
  const { conversation, account, home } = useObservable(session);
  const inspecting = useObservable(session.inspecting);
  const [dialog, setDialog] = useState<DialogRequest>();
  const ask = useCallback((open: DialogRequest["open"]) => setDialog({ open }), []);
  const close = useCallback(() => setDialog(undefined), []);
  const onePane = useMedia(ONE_PANE);
  const listAlone = onePane && conversation === undefined;
  const alone = onePane && conversation !== undefined;
  const pane = useRef<HTMLElement>(null);
  const early = useEarly(fetchDialogs);
  const earlyPane = useEarly(fetchConversationPane);
  // Not the inspector, which is of no use without the server.
  const lateParts = useMemo(
    () => (session.keepsFiles ? undefined : [fetchThread, fetchSearch, fetchEmojiPicker, session.openEmojis]),
    [session],
  );
  useInTime(lateParts);
  const closeInspector = useCallback(() => session.inspecting.set(false), [session]);
  const startNew = useCallback(() => {
    ask((dialogs) => ({ kind: "new-conversation", model: dialogs.newConversation(close) }));
  }, [ask, close]);
  const [search, setSearch] = useState<SearchRequest>();
  const startSearch = useCallback(
    (day?: string) => {
      if (conversation === undefined) return false;
      setThread(undefined);
      setSearch((open) =>
        open?.conversation === conversation
          ? { ...open, asked: open.asked + 1, day }
          : { conversation, ports: session.searchPorts(conversation), asked: 1, day },
      );
      return true;
    },
    [session, conversation],
  );
  const [thread, setThread] = useState<ThreadModel>();
  useEffect(() => () => thread?.dispose(), [thread]);
  const opened = conversation?.id;
  useEffect(() => setThread((open) => (open?.place.conversation === opened ? open : undefined)), [opened]);
  const openThread = useCallback(
    (place: OpenedThread) => {
      const opened = session.openThread(place);
      setSearch(undefined);
      setThread(opened);
      return opened;
    },
    [session],
  );
  const goTo = useCallback(() => {
    ask((dialogs) => ({ kind: "switcher", model: dialogs.switcher(conversation?.id, close) }));
  }, [ask, conversation, close]);
  const goToThread = useCallback(
    (thread: ThreadPlace) => {
      close();
      session.goTo(thread.conversation);
      return openThread({ ...thread, begun: true }).model;
    },
    [session, close, openThread],
  );
  const goToMessage = useCallback(
    ({ conversation, id, ordinal, thread }: MessagePlace, focus = false) => {
      if (thread !== undefined) {
        void goToThread(thread).going.showMessage(id, ordinal, focus);
        return;
      }
      close();
      session.showMessage(conversation, id, ordinal, focus);
    },
    [session, close, goToThread],
  );
  const showSaved = useCallback(
    () => ask((dialogs) => ({ kind: "saved", model: dialogs.saved(goToMessage) })),
    [ask, goToMessage],
  );
  const asked = useObservable(session.threadAsked);
  useEffect(() => {
    if (asked === undefined) return;
    session.threadAsked.set(undefined);
    goToThread(asked);
  }, [session, asked, goToThread]);
  const showThreads = useCallback(
    () => ask((dialogs) => ({ kind: "threads", model: dialogs.threads(goToThread) })),
    [ask, goToThread],
  );
  const showMentions = useCallback(
    () => ask((dialogs) => ({ kind: "mentions", model: dialogs.mentions(goToMessage) })),
    [ask, goToMessage],
  );
  const showScheduled = useCallback(
    (of?: string) => ask((dialogs) => ({ kind: "scheduled", model: dialogs.scheduled(of) })),
    [ask],
  );
  const showReminders = useCallback(
    () => ask((dialogs) => ({ kind: "reminders", model: dialogs.reminders(goToMessage) })),
    [ask, goToMessage],
  );
  const reminderAsked = useObservable(session.reminderAsked);
  useEffect(() => {
    if (reminderAsked === undefined) return;
    session.reminderAsked.set(undefined);
    if (reminderAsked.kind === "list") return showReminders();
    const { conversation, message, thread, ordinal } = reminderAsked.item;
    if (reminderAsked.kind === "later") {
      ask((dialogs) => ({ kind: "pick-time", model: dialogs.remind({ conversation, message }, close) }));
    } else if (ordinal === undefined) showReminders();
    else goToMessage({ conversation, id: message, ordinal, thread }, true);
  }, [session, reminderAsked, ask, close, showReminders, goToMessage]);
  const showAllScheduled = useCallback(() => showScheduled(), [showScheduled]);
  const showShortcuts = useCallback(() => setDialog(shortcutsRequest), []);
  const showInfo = useCallback(
    (id: string) => ask((dialogs) => ({ kind: "group-info", model: dialogs.groupInfo(id) })),
    [ask],
  );
  const inviteAsked = useObservable(session.inviteAsked);
  useEffect(() => {
    if (inviteAsked === undefined) return;
    session.inviteAsked.set(undefined);
    ask((dialogs) => ({ kind: "group-info", model: dialogs.groupInfo(inviteAsked, true) }));
  }, [session, inviteAsked, ask]);
  const deeds = useMemo(
    () => ({
      open: session.goTo,
      markUnread: session.markUnread,
      showInfo,
      leave: session.leave,
      pin: session.pin,
      mute: session.mute,
      archive: session.archive,
      clear: session.clear,
      answerRequest: session.answerRequest,
      block: session.block,
    }),
    [session, showInfo],
  );
  useEffect(() => {
    if (!session.isInvited) return;
    ask((dialogs) => {
      const model = dialogs.join(close);
      return model && { kind: "join", model };
    });
  }, [session, ask, close]);
  useAppShortcuts(session, { goTo, startNew, startSearch, showMentions, showShortcuts });
  const shown = useRef(session);
  useLayoutEffect(() => {
    if (shown.current === session) return;
    shown.current = session;
    // Another language: what was opened speaks the old one. The settings stay, because it is chosen there.
    setSearch(undefined);
    setThread(undefined);
    setDialog(dialog === settingsRequest ? dialog : undefined);
  }, [session, dialog]);
  const openOutbox = useCallback(() => ask((dialogs) => ({ kind: "outbox", model: dialogs.outbox() })), [ask]);
  const showReports = () => ask((dialogs) => ({ kind: "reports", model: dialogs.reports() }));
  /** What can be opened of the messages of a conversation or a thread. */
  const dialogsOn = (model: ConversationViewModel) => ({
    onMessageInfo: (message: string) =>
      ask((dialogs) => {
        const info = dialogs.messageInfo(model, message);
        return info && { kind: "message-info", model: info };
      }),
    onReactions: (message: string, emoji?: string) =>
      ask((dialogs) => ({ kind: "who-reacted", model: dialogs.whoReacted(model, message, emoji) })),
    onVersions: (message: string) =>
      ask((dialogs) => ({ kind: "edit-history", model: dialogs.editHistory(model.id, message) })),
    onReport: (message: string) =>
      ask((dialogs) => {
        const report = dialogs.report(model, message, close);
        return report && { kind: "report", model: report };
      }),
    onRemind: (message: string) =>
      ask((dialogs) => ({ kind: "pick-time", model: dialogs.remind({ conversation: model.id, message }, close) })),
    onForward: (messages: readonly string[]) =>
      ask((dialogs) => ({ kind: "forward", model: dialogs.forward(model, messages, close) })),
  });
  const act = (kind: "try-now" | "sign-in" | "use-here" | "outbox") => {
    if (kind === "outbox") openOutbox();
    if (kind === "try-now") session.reconnect();
    if (kind === "sign-in") ask((dialogs) => ({ kind: "sign-in", model: dialogs.signInAgain(close) }));
    if (kind === "use-here") window.location.reload();
  };
  const drawn = `${session.language} ${conversation?.id}`;
  if (home.kind === "store-failed") {
    return <StoreProblem problem={home.problem} texts={texts} onRebuild={session.rebuild} />;
  }
  // It comes and goes where nothing that is read is moved by it.
  const banner = <ConnectionBanner model={session.connection} texts={texts} onAction={act} />;
  const self = (
    <button
      type="button"
      className={styles["self"]}
      title={texts.conversations.settings}
      onClick={() => setDialog(settingsRequest)}
    >
      <Avatar name={account.displayName} seed={account.account} size="small" />
      <Hidden>{texts.conversations.settings}</Hidden>
    </button>
  );
  return (
    <div className={styles["workspace"]} data-open={conversation === undefined ? "list" : "conversation"}>
      {conversation !== undefined && !onePane && (
        <button type="button" className={styles["skip"]} onClick={() => pane.current?.focus()}>
          {texts.conversations.skip}
        </button>
      )}
      <div className={styles["sidebar"]} role={listAlone ? "main" : undefined}>
        <ConversationList
          model={session.list}
          texts={texts}
          onStart={startNew}
          saved={account.saved?.count ?? 0}
          onSaved={showSaved}
          onThreads={showThreads}
          scheduled={account.scheduled?.length ?? 0}
          onScheduled={showAllScheduled}
          reminders={account.reminders?.length ?? 0}
          remindersDue={account.reminders?.filter(({ state }) => state === "due").length ?? 0}
          onReminders={showReminders}
          onMentions={showMentions}
          self={self}
          deeds={deeds}
          alone={listAlone}
        />
        {!alone && banner}
        <UpdateOffer updates={session.updates} texts={texts} announce={session.announce} />
      </div>
      <main ref={pane} className={styles["main"]} tabIndex={-1}>
        {alone && <div className={styles["over"]}>{banner}</div>}
        {conversation === undefined ? (
          <EmptyState icon="react" title={texts.conversations.chooseTitle} text={texts.conversations.chooseText}>
            <Button onClick={showShortcuts}>{texts.shortcuts.title}</Button>
          </EmptyState>
        ) : (
          <FaultBoundary
            of={drawn}
            instead={(fault, tryAgain) => (
              <ConversationFault
                fault={fault}
                texts={texts}
                onTryAgain={tryAgain}
                onBack={() => session.goTo(undefined)}
              />
            )}
          >
            <LateConversationPane
              key={drawn}
              early={earlyPane}
              model={conversation}
              texts={texts}
              deeds={deeds}
              onBack={() => session.goTo(undefined)}
              onInfo={() => showInfo(conversation.id)}
              {...dialogsOn(conversation)}
              onOutbox={openOutbox}
              onSendLater={() =>
                ask((dialogs) => ({ kind: "pick-time", model: dialogs.sendLater(conversation, close) }))
              }
              onScheduled={() => showScheduled(conversation.id)}
              onSearch={startSearch}
              onMessage={(account) => void session.startDirect(account)}
              onThread={(root, begun) => openThread({ conversation: conversation.id, root, begun })}
              aside={
                search?.conversation === conversation ? (
                  <OpenSearch request={search} texts={texts} onClose={() => setSearch(undefined)} />
                ) : (
                  thread?.place.conversation === conversation.id && (
                    <LatePart
                      key={thread.model.id}
                      fetch={fetchThread}
                      texts={texts}
                      onClose={() => setThread(undefined)}
                      props={{
                        model: thread.model,
                        root: thread.root,
                        texts,
                        deeds,
                        ...dialogsOn(thread.model),
                        onOutbox: openOutbox,
                        onMessage: (account: string) => void session.startDirect(account),
                        onRoot: () => {
                          void conversation.going.showMessage(thread.place.root, thread.root.ordinal, true);
                          if (onePane) setThread(undefined);
                        },
                        onClose: () => setThread(undefined),
                      }}
                    />
                  )
                )
              }
            />
          </FaultBoundary>
        )}
      </main>
      {inspecting && (
        <div className={styles["inspector"]}>
          <LatePart
            fetch={fetchInspector}
            texts={texts}
            onClose={closeInspector}
            props={{ ports: session.inspector, onClose: closeInspector }}
          />
        </div>
      )}
      {dialog !== undefined && (
        <LatePart
          fetch={fetchDialogs}
          early={early}
          texts={texts}
          onClose={close}
          props={{ request: dialog, session, texts, onReports: showReports, onClose: close }}
        />
      )}
      <NoticeList model={session.notices} texts={texts} />
    </div>
  );
}
