import type { Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { type Emoji, type EmojiCategory, emojiCategories, type SkinTone } from "./emoji.ts";
import type { EmojiBook } from "./emoji-book.ts";
import type { Emojis } from "./emojis.ts";

export type EmojiTab = "recent" | EmojiCategory;

export const emojiTabs: readonly EmojiTab[] = ["recent", ...emojiCategories];

export interface ShownEmoji {
  readonly text: string;
  readonly name: string;
  /** With colons; empty if it has none. */
  readonly shortcode: string;
}

export interface EmojiPickerSnapshot {
  readonly query: string;
  /** Undefined while something is searched for. */
  readonly tab: EmojiTab | undefined;
  readonly shown: readonly ShownEmoji[];
  readonly tone: SkinTone;
}

const MOST_FOUND = 120;

/** The picker for as long as it is open. */
export class EmojiPickerViewModel implements Observable<EmojiPickerSnapshot> {
  readonly #emojis: Emojis;
  readonly #book: EmojiBook;
  readonly #snapshot: ObservedValue<EmojiPickerSnapshot>;
  /** Where it goes back to when nothing is searched for any more. */
  #tab: EmojiTab;

  constructor(emojis: Emojis, book: EmojiBook) {
    this.#emojis = emojis;
    this.#book = book;
    this.#tab = emojis.habits.get().recent.length > 0 ? "recent" : "smileys";
    this.#snapshot = new ObservedValue(this.#draw(""));
  }

  get = (): EmojiPickerSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  setQuery = (query: string): void => this.#snapshot.set(this.#draw(query));

  open = (tab: EmojiTab): void => {
    this.#tab = tab;
    this.#snapshot.set(this.#draw(""));
  };

  setTone = (tone: SkinTone): void => {
    this.#emojis.chooseTone(tone);
    this.#snapshot.set(this.#draw(this.get().query));
  };

  /** What Enter in the search means. */
  get best(): ShownEmoji | undefined {
    return this.get().tab === undefined ? this.get().shown[0] : undefined;
  }

  #draw(query: string): EmojiPickerSnapshot {
    const searching = query.trim() !== "";
    const { tone } = this.#emojis.habits.get();
    const shown = searching ? this.#book.search(query, MOST_FOUND).map((emoji) => this.#shown(emoji)) : this.#inTab();
    return { query, tab: searching ? undefined : this.#tab, shown, tone };
  }

  #inTab(): readonly ShownEmoji[] {
    if (this.#tab !== "recent") return this.#book.in(this.#tab).map((emoji) => this.#shown(emoji));
    return this.#emojis.habits.get().recent.flatMap((text) => {
      const emoji = this.#book.find(text);
      return emoji === undefined ? [] : [{ ...this.#shown(emoji), text }];
    });
  }

  #shown(emoji: Emoji): ShownEmoji {
    const [shortcode] = emoji.shortcodes;
    return {
      text: this.#emojis.toned(emoji),
      name: emoji.name,
      shortcode: shortcode === undefined ? "" : `:${shortcode}:`,
    };
  }
}
