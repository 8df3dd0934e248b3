import { memo } from "react";
import { classNames } from "../../../design/class-names.ts";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { StatusIcon } from "../../../design/primitives/status-icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import { asksForAttention, type ConversationItem } from "../view-model/conversation-item.ts";
import styles from "./conversation-list.module.css";

export interface ConversationLineProps {
  readonly item: ConversationItem;
  readonly href: string;
  readonly selected: boolean;
  /** Whether the Tab key stops here. */
  readonly stop: boolean;
  readonly texts: Texts;
}

/** One conversation: read in the order name, presence, what was said, when, how many are unread. */
export const ConversationLine = memo(function ConversationLine(props: ConversationLineProps) {
  const { item, href, selected, stop, texts } = props;
  const { preview, unread, mentions, status } = item;
  return (
    <a
      href={href}
      className={classNames(styles["line"], asksForAttention(item) && styles["unread"])}
      draggable={false}
      tabIndex={stop ? 0 : -1}
      aria-current={selected ? "page" : undefined}
    >
      <Avatar name={item.title} seed={item.seed} of={item.picture} image={item.image} online={item.online} />
      <span className={styles["title"]} dir="auto">
        {item.title}
      </span>
      {item.online && <Hidden>{`, ${texts.common.online.toLowerCase()}`}</Hidden>}
      {item.pinned && <Hidden>{`, ${texts.preferences.pinned}`}</Hidden>}
      {item.muted && <Hidden>{`, ${item.mutedText}`}</Hidden>}
      {item.archived && <Hidden>{`, ${texts.preferences.archived}`}</Hidden>}
      <span className={classNames(styles["preview"], styles[preview.kind])}>
        {status !== undefined && (
          <span className={styles["status"]} data-status={status}>
            <StatusIcon status={status} label={texts.status[status]} />
          </span>
        )}
        {preview.lead !== undefined && <bdi className={styles["lead"]}>{preview.lead} </bdi>}
        <span className={styles["said"]} dir="auto">
          {preview.text}
        </span>
      </span>
      <time className={styles["time"]} title={item.fullTime}>
        {item.time}
      </time>
      <span className={styles["badge"]}>
        {item.archived && <Icon name="archive" size="1rem" />}
        {item.muted && (
          <span className={styles["shape"]} title={item.mutedText}>
            <Icon name="muted" size="1rem" />
          </span>
        )}
        {item.pinned && <Icon name="pin" size="1rem" />}
        {item.unreadInThreads > 0 && (
          <span className={styles["shape"]} title={texts.threads.placeUnread(item.unreadInThreads)}>
            <Icon name="thread" size="1rem" />
            <Hidden>{texts.threads.placeUnread(item.unreadInThreads)}</Hidden>
          </span>
        )}
        {mentions > 0 && <Badge sign="@" count={mentions} label={texts.mentions.badge(mentions)} />}
        {unread > 0 && <Badge count={unread} label={texts.conversations.unread(unread)} quiet={item.muted} />}
        {unread === 0 && item.markedUnread && (
          <Badge sign="" count={0} label={texts.conversations.markedUnread} quiet={item.muted} />
        )}
      </span>
    </a>
  );
});
