import { avatarColour } from "../../../design/avatar-look.ts";
import { classNames } from "../../../design/class-names.ts";
import type { QuoteItem } from "../view-model/quote-items.ts";
import styles from "./quote.module.css";

/** Whose message is answered and how it begins: always as high, whatever is known of it yet. */
export function QuoteLines({ quote }: { readonly quote: QuoteItem }) {
  const { author, text, placeholder } = quote;
  return (
    <>
      <span
        className={styles["author"]}
        data-colour={author === undefined ? undefined : avatarColour(author.seed)}
        dir="auto"
      >
        {author?.name ?? "\u00a0"}
      </span>{" "}
      <span className={classNames(styles["text"], placeholder && styles["placeholder"])} dir="auto">
        {text}
      </span>
    </>
  );
}

/** The message that a message answers. Pressed, it leads there. */
export function Quote({ quote, id }: { readonly quote: QuoteItem; readonly id: string }) {
  return (
    <button
      type="button"
      id={id}
      className={styles["quote"]}
      data-action="quote"
      tabIndex={-1}
      aria-label={quote.label}
      disabled={!quote.reachable}
    >
      <QuoteLines quote={quote} />
    </button>
  );
}
