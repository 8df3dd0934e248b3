import { classNames } from "../../../design/class-names.ts";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { EmptyState } from "../../../design/primitives/empty-state.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { Spinner } from "../../../design/primitives/spinner.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationSnapshot } from "../view-model/conversation-snapshot.ts";
import type { LoadState } from "../view-model/timeline-loading.ts";
import styles from "./conversation-pane.module.css";

export function Missing({ texts, onBack }: { readonly texts: Texts; readonly onBack: () => void }) {
  return (
    <section className={styles["pane"]}>
      <EmptyState level={1} icon="search" title={texts.conversation.missingTitle} text={texts.conversation.missingText}>
        <Button onClick={onBack}>{texts.conversation.back}</Button>
      </EmptyState>
    </section>
  );
}

export function Empty({ snapshot, texts }: { readonly snapshot: ConversationSnapshot; readonly texts: Texts }) {
  const notes = snapshot.header?.kind === "notes";
  if (snapshot.header?.kind === "thread") {
    return (
      <div className={styles["empty"]}>
        <EmptyState icon="thread" title={texts.threads.empty} />
      </div>
    );
  }
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

export function LoadingCover({ text }: { readonly text: string }) {
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
export function EndState({ state, end, texts, onRetry }: EndStateProps) {
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

interface JumpDownProps {
  readonly unread: number;
  /** It leads to the first of them. */
  readonly toUnread: boolean;
  readonly texts: Texts;
  readonly onJump: () => void;
}

/** Leads to the first unread message, and to the newest from there. */
export function JumpDown({ unread, toUnread, texts, onJump }: JumpDownProps) {
  const words = texts.conversation;
  const title = toUnread ? words.jumpToUnread(unread) : words.jumpToNewest;
  return (
    <button
      type="button"
      className={styles["jump"]}
      aria-label={unread > 0 && !toUnread ? words.jumpToNewestCount(unread) : title}
      title={title}
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

interface NextMentionProps {
  readonly mentions: number;
  readonly texts: Texts;
  readonly onJump: () => void;
}

export function NextMention({ mentions, texts, onJump }: NextMentionProps) {
  const label = texts.mentions.next(mentions);
  return (
    <button
      type="button"
      className={classNames(styles["jump"], styles["above"])}
      aria-label={label}
      title={label}
      onClick={onJump}
    >
      <Icon name="mention" />
      <span className={styles["jumpCount"]}>
        <Badge count={mentions} label="" />
      </span>
    </button>
  );
}
