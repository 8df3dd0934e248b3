/** In the order in which they are shown; that of Unicode. */
export const emojiCategories = [
  "smileys",
  "people",
  "animals",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const;

export type EmojiCategory = (typeof emojiCategories)[number];

export interface Emoji {
  readonly text: string;
  /** Such as "thumbs up", in the language of its reader. */
  readonly name: string;
  /** The name in small letters, without accents. */
  readonly plainName: string;
  readonly category: EmojiCategory;
  /** Such as "+1", without colons; the most common first. A few new ones have none. */
  readonly shortcodes: readonly string[];
  /** What else it is searched by, in small letters. */
  readonly words: readonly string[];
  /** With each skin tone, from light to dark; undefined where it has none. */
  readonly tones: readonly string[] | undefined;
}

/** From light (1) to dark (5); 0 is none, yellow. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;

export const skinTones: readonly SkinTone[] = [0, 1, 2, 3, 4, 5];

export function withTone({ text, tones }: Pick<Emoji, "text" | "tones">, tone: SkinTone): string {
  return tones?.[tone - 1] ?? text;
}
