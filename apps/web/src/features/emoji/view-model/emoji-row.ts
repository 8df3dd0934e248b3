/**
 * One emoji as the build writes it down: its English name, the index of its category, its shortcodes (parted by spaces), words to search for (parted by bars),
 * what a system must draw for it, and its skin tones: 0 for none, 1 for those that follow the rule, or each of them.
 */
export type EmojiRow = readonly [
  text: string,
  name: string,
  category: number,
  shortcodes: string,
  words: string,
  needs: number,
  tones: 0 | 1 | readonly string[],
];

/** Drawn by every system for years. */
export const NEEDS_NOTHING = 0;
/** Some systems have letters in place of flags. Every other need is a version of Emoji. */
export const NEEDS_FLAGS = -1;

const MODIFIERS = ["🏻", "🏼", "🏽", "🏾", "🏿"] as const;

/** With each skin tone, from light to dark, as most emojis have them: the modifier stands behind the first character, in place of what asks for colours. */
export function tonesByRule(text: string): readonly string[] {
  const [first = "", ...others] = text;
  const rest = others[0] === "\uFE0F" ? others.slice(1) : others;
  return MODIFIERS.map((modifier) => [first, modifier, ...rest].join(""));
}
