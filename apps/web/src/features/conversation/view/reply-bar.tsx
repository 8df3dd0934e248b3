import { Icon } from "../../../design/primitives/icon.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { QuoteItem } from "../view-model/quote-items.ts";
import styles from "./quote.module.css";
import { QuoteLines } from "./quote.tsx";

export interface ReplyBarProps {
  readonly quote: QuoteItem;
  readonly texts: Texts;
  readonly onCancel: () => void;
}

/** The message that what is being written answers. */
export function ReplyBar({ quote, texts, onCancel }: ReplyBarProps) {
  return (
    <fieldset className={styles["bar"]} aria-label={quote.label}>
      <Icon name="reply" size="1.125rem" />
      <span className={styles["lines"]}>
        <QuoteLines quote={quote} />
      </span>
      <IconButton icon="close" label={texts.replies.cancel} onClick={onCancel} />
    </fieldset>
  );
}
