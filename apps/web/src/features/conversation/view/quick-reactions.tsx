import { Icon } from "../../../design/primitives/icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import styles from "./message-menu.module.css";

/** One press away. */
const quickEmojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export interface QuickReactionsProps {
  readonly reacted: readonly string[];
  readonly texts: Texts;
  readonly onChoose: (emoji: string) => void;
  readonly onOther: () => void;
}

export function QuickReactions({ reacted, texts, onChoose, onOther }: QuickReactionsProps) {
  const words = texts.conversation;
  return (
    <fieldset className={styles["quick"]} aria-label={words.react}>
      {quickEmojis.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={styles["emoji"]}
          aria-pressed={reacted.includes(emoji)}
          aria-label={reacted.includes(emoji) ? words.unreact(emoji) : words.reactWith(emoji)}
          onClick={() => onChoose(emoji)}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        className={styles["emoji"]}
        aria-haspopup="dialog"
        aria-label={words.otherEmoji}
        title={words.otherEmoji}
        onClick={onOther}
      >
        <Icon name="add" />
      </button>
    </fieldset>
  );
}
