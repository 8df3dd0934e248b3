import { emojiCategories } from "../src/features/emoji/view-model/emoji.ts";
import { type EmojiRow, NEEDS_FLAGS, NEEDS_NOTHING, tonesByRule } from "../src/features/emoji/view-model/emoji-row.ts";
import type { EmojiWords } from "../src/texts/emoji-words.ts";
import { plainText } from "../src/texts/plain-text.ts";

/** What is taken of an emoji of emojibase. */
export interface EmojibaseEmoji {
  readonly hexcode: string;
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly version: number;
  /** Without one where it is a part of others. */
  readonly group?: number;
  readonly order?: number;
  readonly skins?: readonly { readonly emoji: string; readonly tone?: number | readonly number[] }[];
}

/** Shortcodes by hexcode. */
export type Shortcodes = Readonly<Record<string, string | readonly string[]>>;

/** emojibase's groups, by number; its second are parts of emojis, such as skin tones. */
const GROUPS = [
  "smileys",
  "people",
  undefined,
  "animals",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const;
/** Drawn by systems of 2019 and later. */
const COMMON_VERSION = 12;
const TONES = [1, 2, 3, 4, 5];

/** What the app needs of emojibase, in its order. */
export function emojiRows(emojis: readonly EmojibaseEmoji[], shortcodes: readonly Shortcodes[]): readonly EmojiRow[] {
  return shownEmojis(emojis).map(({ emoji, category }) => {
    const text = plainest(emoji.emoji);
    const codes = new Set(shortcodes.flatMap((set) => set[emoji.hexcode] ?? []));
    const words = (emoji.tags ?? []).map((tag) => tag.toLowerCase());
    return [
      text,
      emoji.label,
      emojiCategories.indexOf(category),
      [...codes].join(" "),
      words.join("|"),
      needsOf(text, emoji.version),
      tonesOf(text, emoji),
    ];
  });
}

/**
 * What the same emojis are called in another language, row by row.
 *
 * @param emojis those of the rows
 * @param translated emojibase's of that language
 */
export function emojiWords(emojis: readonly EmojibaseEmoji[], translated: readonly EmojibaseEmoji[]): EmojiWords {
  const byHexcode = new Map(translated.map((emoji) => [emoji.hexcode, emoji]));
  return shownEmojis(emojis).map(({ emoji }) => {
    const { label, tags = [] } = byHexcode.get(emoji.hexcode) ?? emoji;
    return [label, [...new Set(tags.map(plainText))].join("|")];
  });
}

function shownEmojis(emojis: readonly EmojibaseEmoji[]) {
  return [...emojis]
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
    .flatMap((emoji) => {
      const category = emoji.group === undefined ? undefined : GROUPS[emoji.group];
      return category === undefined ? [] : [{ emoji, category }];
    });
}

/** Where a character is an emoji by itself, nothing need ask for its colours; what reacts must be the same from everywhere. */
function plainest(text: string): string {
  return text.replace(/(\p{Emoji_Presentation})\uFE0F/gu, "$1");
}

function needsOf(text: string, version: number): number {
  // Of countries, and of parts of them.
  if (/^(?:\p{Regional_Indicator}|🏴.)/u.test(text) && !text.includes("\u200D")) return NEEDS_FLAGS;
  return version > COMMON_VERSION ? version : NEEDS_NOTHING;
}

function tonesOf(text: string, { skins }: EmojibaseEmoji): EmojiRow[6] {
  if (skins === undefined) return 0;
  const tones = TONES.map((wanted) => plainest(skins.find(({ tone }) => tone === wanted)?.emoji ?? text));
  const byRule = tonesByRule(text);
  return tones.every((tone, index) => tone === byRule[index]) ? 1 : tones;
}
