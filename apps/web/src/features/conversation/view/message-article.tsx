import { avatarColour } from "../../../design/avatar-look.ts";
import { classNames } from "../../../design/class-names.ts";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { StatusIcon } from "../../../design/primitives/status-icon.tsx";
import { directionOfBlock } from "../../../rich-text/text-direction.ts";
import type { Texts } from "../../../texts/en.ts";
import type { MessageItem, ThreadItem } from "../view-model/timeline-item.ts";
import styles from "./message-article.module.css";
import { MessageText } from "./message-text.tsx";
import { Quote } from "./quote.tsx";

export interface MessageArticleProps {
  readonly item: MessageItem;
  readonly texts: Texts;
  /** While messages are selected: whether this one is. */
  readonly selected: boolean | undefined;
}

/** One message. Its buttons say what they are for in `data-action`; the list listens for all of them. */
export function MessageArticle({ item, texts, selected }: MessageArticleProps) {
  const { author, body, mine, first, quote, reactions, status, thread } = item;
  const quoteId = `quote-${item.key}`;
  const look = [
    styles["row"],
    mine && styles["mine"],
    first && styles["first"],
    body.kind === "text" && body.emojiOnly && !body.forwarded && quote === undefined && styles["emoji"],
    status?.kind === "failed" && styles["failed"],
    selected === true && styles["selected"],
  ];
  return (
    <article
      data-key={item.key}
      data-ordinal={item.ordinal}
      className={classNames(...look)}
      aria-label={item.label}
      aria-posinset={item.ordinal}
      aria-setsize={item.ordinal === undefined ? undefined : -1}
      aria-describedby={quote === undefined ? undefined : quoteId}
      data-focus-tip={item.fullTime}
      tabIndex={-1}
    >
      {author.shown && (
        <span className={styles["avatar"]}>
          <Avatar name={author.name} seed={author.seed} size="small" />
        </span>
      )}
      <div className={styles["line"]}>
        <div className={styles["bubble"]}>
          {author.shown && (
            <p className={styles["author"]} data-colour={avatarColour(author.seed)} aria-hidden="true" dir="auto">
              {author.name}
            </p>
          )}
          {body.kind === "text" && body.forwarded && (
            <p className={styles["forwarded"]}>
              <Icon name="forward" size="0.875rem" />
              {texts.forward.forwarded}
            </p>
          )}
          {quote !== undefined && <Quote quote={quote} id={quoteId} />}
          <Body item={item} texts={texts} />
        </div>
        <button
          type="button"
          className={styles["actions"]}
          data-action="menu"
          tabIndex={-1}
          aria-label={texts.conversation.actions}
          aria-haspopup="menu"
          title={texts.conversation.actions}
          hidden={selected !== undefined}
        >
          <Icon name="more" size="1.125rem" />
        </button>
      </div>
      {selected !== undefined && body.kind === "text" && <Check selected={selected} texts={texts} />}
      {reactions.length > 0 && <Reactions item={item} />}
      {thread !== undefined && <ThreadLine thread={thread} texts={texts} />}
      {status?.kind === "failed" && <Failure item={item} label={status.label} reason={status.reason} texts={texts} />}
    </article>
  );
}

/** Stands where messages leave room, so that nothing moves when it comes. */
function Check({ selected, texts }: { readonly selected: boolean; readonly texts: Texts }) {
  return (
    <input
      type="checkbox"
      className={styles["check"]}
      checked={selected}
      // The list listens for presses on all of a message.
      readOnly
      aria-label={texts.selection.select}
      tabIndex={-1}
    />
  );
}

/** As wide as a picture, where room is kept. */
const PICTURE = "★";

function Body({ item, texts }: BodyProps) {
  const { body, saved, reminder, disappears, status, time } = item;
  const edited = body.kind === "text" && body.edited ? texts.conversation.edited : undefined;
  const pictures = [saved, reminder !== undefined, disappears !== undefined].map((shown) =>
    shown ? PICTURE : undefined,
  );
  const fold = body.kind === "text" ? body.fold : undefined;
  const last = body.kind === "text" && fold === undefined ? body.blocks.at(-1) : undefined;
  const room = (
    <span
      className={styles["room"]}
      data-room={[...pictures, edited, time].filter((part) => part !== undefined).join(" ")}
      data-status={status?.kind}
    />
  );
  return (
    <div
      className={classNames(styles["text"], body.kind === "placeholder" && styles["placeholder"])}
      dir={last?.kind === "lines" ? directionOfBlock(last) : undefined}
    >
      <div className={styles["content"]} data-text="">
        {body.kind === "text" ? (
          <MessageText blocks={body.blocks} end={fold === undefined && room} />
        ) : (
          <p>
            {body.text}
            {room}
          </p>
        )}
      </div>
      {body.kind === "placeholder" && body.showable === true && (
        <p>
          <button type="button" className={styles["fold"]} data-action="show">
            {texts.blocking.show}
          </button>
        </p>
      )}
      {fold !== undefined && (
        <p>
          <button type="button" className={styles["fold"]} data-action="fold" aria-expanded={fold === "unfolded"}>
            {fold === "folded" ? texts.conversation.showMore : texts.conversation.showLess}
          </button>
          {room}
        </p>
      )}
      <span className={styles["meta"]}>
        {saved && (
          <span title={texts.conversation.saved}>
            <Icon name="star" size="0.875rem" />
            <Hidden>{texts.conversation.saved}</Hidden>
          </span>
        )}
        {reminder !== undefined && (
          <span title={reminder}>
            <Icon name="bell" size="0.875rem" />
            <Hidden>{reminder}</Hidden>
          </span>
        )}
        {disappears !== undefined && (
          <span title={disappears}>
            <Icon name="waiting" size="0.875rem" />
            <Hidden>{disappears}</Hidden>
          </span>
        )}
        {edited !== undefined && (
          <button
            type="button"
            className={styles["edited"]}
            data-action="versions"
            tabIndex={-1}
            title={texts.editHistory.title}
          >
            {edited}
          </button>
        )}
        <time data-tip={item.fullTime} dir="ltr">
          {time}
        </time>
        {status !== undefined && <StatusIcon status={status.kind} label={status.label} />}
      </span>
    </div>
  );
}

function Reactions({ item }: { readonly item: MessageItem }) {
  return (
    <div className={styles["reactions"]}>
      {item.reactions.map((reaction) => (
        <button
          key={reaction.emoji}
          type="button"
          className={styles["reaction"]}
          data-action="react"
          data-emoji={reaction.emoji}
          aria-pressed={reaction.mine}
          title={reaction.label}
          tabIndex={-1}
        >
          <span aria-hidden="true">{reaction.emoji}</span>
          {reaction.count > 1 && (
            <span className={styles["count"]} aria-hidden="true">
              {reaction.count}
            </span>
          )}
          <Hidden>{reaction.label}</Hidden>
        </button>
      ))}
    </div>
  );
}

/** What was written below it, which opens beside the conversation. */
function ThreadLine({ thread, texts }: { readonly thread: ThreadItem; readonly texts: Texts }) {
  const { replies, names, time, unread, mentions } = thread;
  return (
    <button type="button" className={styles["thread"]} data-action="thread" tabIndex={-1} title={time}>
      <Icon name="thread" size="1rem" />
      <Hidden>{`${texts.threads.open}, `}</Hidden>
      <span className={styles["replies"]}>{replies}</span>
      {names !== "" && <Hidden>{", "}</Hidden>}
      <span className={styles["participants"]} dir="auto">
        {names}
      </span>
      {time !== "" && <Hidden>{`, ${time}`}</Hidden>}
      {mentions > 0 && <Badge sign="@" count={mentions} label={texts.mentions.badge(mentions)} />}
      {unread > 0 && <Badge count={unread} label={texts.conversations.unread(unread)} />}
    </button>
  );
}

type BodyProps = Pick<MessageArticleProps, "item" | "texts">;

interface FailureProps extends BodyProps {
  readonly label: string;
  readonly reason: string;
}

function Failure({ item, label, reason, texts }: FailureProps) {
  const neverSent = item.ordinal === undefined;
  return (
    <p className={styles["failure"]}>
      <span>
        {label}. {reason}
      </span>
      <button type="button" data-action="retry">
        {texts.conversation.retry}
      </button>
      {neverSent && (
        <button type="button" data-action="take-back">
          {texts.conversation.takeBack}
        </button>
      )}
      <button type="button" data-action="discard">
        {texts.conversation.discard}
      </button>
      <button type="button" data-action="outbox">
        {texts.conversation.details}
      </button>
    </p>
  );
}
