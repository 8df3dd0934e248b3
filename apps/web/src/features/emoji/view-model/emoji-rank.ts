import { plainText } from "../../../texts/plain-text.ts";
import type { Emoji } from "./emoji.ts";

/** What somebody searches emojis by, taken apart once. */
export interface EmojiQuery {
  /** As a shortcode. */
  readonly code: string;
  readonly terms: readonly string[];
}

/** Undefined for nothing. */
export function emojiQuery(typed: string): EmojiQuery | undefined {
  const plain = plainText(typed)
    .replace(/^:+|:+$/gu, "")
    .trim();
  if (plain === "") return undefined;
  return { code: plain.replace(/\s+/gu, "_"), terms: plain.split(/[\s_]+/u).filter((term) => term !== "") };
}

/** How well an emoji fits: the smaller the better; undefined if it does not. Every term must begin one of its words. */
export function emojiRank(emoji: Emoji, { code, terms }: EmojiQuery): number | undefined {
  if (emoji.shortcodes.includes(code)) return 0;
  if (emoji.shortcodes.some((shortcode) => shortcode.startsWith(code))) return 1;
  if (terms.length === 0) return undefined;
  let worst = 0;
  for (const term of terms) {
    const rank = termRank(emoji, term);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function termRank({ plainName, shortcodes, words }: Emoji, term: string): number | undefined {
  if (plainName.startsWith(term)) return 2;
  if (beginsAWord(plainName, term)) return 3;
  if (shortcodes.some((shortcode) => beginsAWord(shortcode, term))) return 4;
  if (words.some((word) => word.startsWith(term))) return 5;
  return undefined;
}

/** Whether one of the words of a text begins so. */
function beginsAWord(text: string, begin: string): boolean {
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}
