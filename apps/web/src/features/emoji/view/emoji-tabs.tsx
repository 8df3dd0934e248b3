import type { KeyboardEvent } from "react";
import { Icon } from "../../../design/primitives/icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import { type EmojiTab, emojiTabs } from "../view-model/emoji-picker-view-model.ts";
import styles from "./emoji-picker.module.css";
import { nextCell } from "./next-cell.ts";

const FACES: Readonly<Record<Exclude<EmojiTab, "recent">, string>> = {
  smileys: "😀",
  people: "👋",
  animals: "🐻",
  food: "🍔",
  travel: "✈️",
  activities: "⚽",
  objects: "💡",
  symbols: "❤️",
  flags: "🏁",
};

export interface EmojiTabsProps {
  /** Undefined while something is searched for. */
  readonly tab: EmojiTab | undefined;
  readonly texts: Texts;
  readonly onOpen: (tab: EmojiTab) => void;
}

/** The categories. Arrows go from one to another, and open it. */
export function EmojiTabs({ tab, texts, onOpen }: EmojiTabsProps) {
  const words = texts.emoji;
  return (
    <div role="tablist" aria-label={words.categories} className={styles["tabs"]} onKeyDown={tabKey}>
      {emojiTabs.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          className={styles["tab"]}
          aria-selected={one === tab}
          aria-controls="emoji-panel"
          aria-label={words.tabs[one]}
          title={words.tabs[one]}
          tabIndex={one === (tab ?? "recent") ? 0 : -1}
          onClick={() => onOpen(one)}
        >
          {one === "recent" ? <Icon name="waiting" size="1.125rem" /> : FACES[one]}
        </button>
      ))}
    </div>
  );
}

function tabKey(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const at = tabs.findIndex((tab) => tab.matches(":focus"));
  const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
  const next = at < 0 ? undefined : nextCell(event.key, at, tabs.length, tabs.length, rightToLeft);
  if (typeof next !== "number" || next === at) return;
  event.preventDefault();
  tabs[next]?.focus();
  tabs[next]?.click();
}
