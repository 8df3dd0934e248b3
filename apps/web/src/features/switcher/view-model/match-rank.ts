import { plainText } from "../../../texts/plain-text.ts";

/** What is looked for, or in, as it is compared: in small letters, without accents. */
export interface MatchText {
  readonly whole: string;
  readonly words: readonly string[];
}

export function matchText(text: string): MatchText {
  const whole = plainText(text).trim();
  return { whole, words: whole.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "") };
}

/**
 * How well something is found by its name, or by the names of those in it: the smaller the better, undefined if it is not.
 *
 * @param query not empty
 */
export function matchRank(name: MatchText, others: readonly MatchText[], query: MatchText): number | undefined {
  if (name.whole === query.whole) return 0;
  if (name.whole.startsWith(query.whole)) return 1;
  if (beginsAll(name.words, query.words)) return 2;
  if (name.whole.includes(query.whole)) return 3;
  const words = [...name.words, ...others.flatMap((other) => other.words)];
  return beginsAll(words, query.words) ? 4 : undefined;
}

/** Each word that was typed begins a word that is there. */
function beginsAll(words: readonly string[], typed: readonly string[]): boolean {
  return typed.length > 0 && typed.every((begun) => words.some((word) => word.startsWith(begun)));
}
