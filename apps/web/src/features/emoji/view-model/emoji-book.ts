import type { EmojiWords } from "../../../texts/emoji-words.ts";
import { plainText } from "../../../texts/plain-text.ts";
import { type Emoji, type EmojiCategory, emojiCategories } from "./emoji.ts";
import { emojiQuery, emojiRank } from "./emoji-rank.ts";
import { type EmojiRow, NEEDS_NOTHING, tonesByRule } from "./emoji-row.ts";

/** All emojis that this system draws. */
export class EmojiBook {
  readonly #emojis: readonly Emoji[];
  readonly #byShortcode = new Map<string, Emoji>();
  /** By what they look like, with and without a tone. */
  readonly #byText = new Map<string, Emoji>();

  /**
   * @param draws whether this system draws an emoji as one picture; one stands for all that came with it
   * @param words what the emojis are called, where that is not English; they are found by both
   */
  constructor(rows: readonly EmojiRow[], draws: (text: string) => boolean, words?: EmojiWords) {
    const met = new Map<number, boolean>([[NEEDS_NOTHING, true]]);
    for (const [text, , , , , needs] of rows) if (!met.has(needs)) met.set(needs, draws(text));
    this.#emojis = rows
      .map((row, index) => ({ row, own: words?.[index] }))
      .filter(({ row: [, , , , , needs] }) => met.get(needs))
      .map(({ row, own }) => (own === undefined ? emojiOf(row) : called(emojiOf(row), own)));
    for (const emoji of this.#emojis) {
      for (const shortcode of emoji.shortcodes) {
        if (!this.#byShortcode.has(shortcode)) this.#byShortcode.set(shortcode, emoji);
      }
      for (const text of [emoji.text, ...(emoji.tones ?? [])]) this.#byText.set(text, emoji);
    }
  }

  in(category: EmojiCategory): readonly Emoji[] {
    return this.#emojis.filter((emoji) => emoji.category === category);
  }

  /** The best first. */
  search(typed: string, most: number): readonly Emoji[] {
    const query = emojiQuery(typed);
    if (query === undefined) return [];
    const found: { readonly emoji: Emoji; readonly rank: number }[] = [];
    for (const emoji of this.#emojis) {
      const rank = emojiRank(emoji, query);
      if (rank !== undefined) found.push({ emoji, rank });
    }
    return found
      .sort((one, other) => one.rank - other.rank)
      .slice(0, most)
      .map(({ emoji }) => emoji);
  }

  /** @param shortcode without colons */
  named(shortcode: string): Emoji | undefined {
    return this.#byShortcode.get(shortcode.toLowerCase());
  }

  /** @param text with or without a tone */
  find(text: string): Emoji | undefined {
    return this.#byText.get(text);
  }
}

function emojiOf([text, name, category, shortcodes, words, , tones]: EmojiRow): Emoji {
  return {
    text,
    name,
    plainName: plainText(name),
    category: emojiCategories[category] ?? "symbols",
    shortcodes: parts(shortcodes, " "),
    words: parts(words, "|"),
    tones: tones === 0 ? undefined : tones === 1 ? tonesByRule(text) : tones,
  };
}

/** As its reader calls it; what it is called in English is among what it is searched by. */
function called(emoji: Emoji, [name, words]: EmojiWords[number]): Emoji {
  const plainName = plainText(name);
  return {
    ...emoji,
    name,
    plainName,
    words: [...parts(words, "|"), ...emoji.plainName.split(/[^\p{L}\p{N}]+/u), ...emoji.words],
  };
}

function parts(joined: string, by: string): readonly string[] {
  return joined === "" ? [] : joined.split(by);
}
