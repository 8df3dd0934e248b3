import { memo } from "react";
import type { Texts } from "../../../texts/en.ts";
import type { HoleItem, NoteItem, TimelineItem } from "../view-model/timeline-item.ts";
import { MessageArticle } from "./message-article.tsx";
import styles from "./timeline-row.module.css";

export interface TimelineRowProps {
  readonly item: TimelineItem;
  readonly texts: Texts;
  /** While messages are selected: whether this one is. */
  readonly selected?: boolean | undefined;
}

/** One row. Drawn again only when its item is another object, or when it is selected or is so no more. */
export const TimelineRow = memo(function TimelineRow({ item, texts, selected }: TimelineRowProps) {
  switch (item.kind) {
    case "message":
      return <MessageArticle item={item} texts={texts} selected={selected} />;
    case "hole":
      return <Hole item={item} />;
    default:
      return <Note item={item} texts={texts} />;
  }
});

function Note({ item, texts }: { readonly item: NoteItem; readonly texts: Texts }) {
  if (item.day !== undefined) {
    return (
      <div data-key={item.key} className={styles["note"]} data-kind={item.kind}>
        <button
          type="button"
          className={styles["noteText"]}
          data-action="days"
          tabIndex={-1}
          data-day={item.day}
          title={texts.conversation.goToDate}
        >
          {item.text}
        </button>
      </div>
    );
  }
  return (
    <div data-key={item.key} data-ordinal={item.ordinal} className={styles["note"]} data-kind={item.kind}>
      <span className={styles["noteText"]} title={item.time} dir="auto">
        {item.text}
      </span>
    </div>
  );
}

function Hole({ item }: { readonly item: HoleItem }) {
  return (
    <div data-key={item.key} className={styles["hole"]}>
      {Array.from({ length: item.lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} className={styles["holeLine"]} />
      ))}
      <span className={styles["noteText"]}>{item.text}</span>
    </div>
  );
}
