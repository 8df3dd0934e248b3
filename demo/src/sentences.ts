import type { SeededRandom } from "@parley/simulation";

/** Makes small talk of very different lengths, so that rows of every height appear. */
export function sentence(random: SeededRandom): string {
  const roll = random.fraction();
  if (roll < 0.08) return choose(random, emojiOnly);
  if (roll < 0.3) return choose(random, short);
  if (roll < 0.75) return clause(random);
  if (roll < 0.93) return times(random.integer(2, 4), () => clause(random)).join(" ");
  if (roll < 0.97) return list(random);
  return times(random.integer(4, 11), () => clause(random)).join(random.fraction() < 0.3 ? "\n\n" : " ");
}

function clause(random: SeededRandom): string {
  const text = `${choose(random, openers)} ${choose(random, subjects)} ${choose(random, verbs)} ${choose(random, objects)}`;
  return text.charAt(0).toUpperCase() + text.slice(1) + choose(random, endings);
}

function list(random: SeededRandom): string {
  return [`${choose(random, listTitles)}:`, ...times(random.integer(2, 6), () => `- ${choose(random, objects)}`)].join(
    "\n",
  );
}

/** One of a list that is never empty. */
export function choose<T>(random: SeededRandom, items: readonly [T, ...T[]]): T {
  return random.pick(items) ?? items[0];
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

const emojiOnly = ["👍", "😂", "🎉", "🌧️", "🙌🙌", "☕", "❤️", "🐝🌼"] as const;
const short = [
  "Yes!",
  "On my way.",
  "Ha!",
  "Why not?",
  "Done.",
  "Thanks a lot",
  "Who has the key?",
  "Not yet",
  "See you there",
  "Same here",
] as const;
const openers = [
  "I think",
  "by the way,",
  "this morning",
  "just so you know,",
  "apparently",
  "last time",
  "if nobody minds,",
  "believe it or not,",
] as const;
const subjects = [
  "the lighthouse keeper",
  "our balloon club",
  "the moss committee",
  "somebody's umbrella",
  "the night ferry",
  "my neighbour's goose",
  "the clockmaker",
  "the tea wagon",
] as const;
const verbs = [
  "borrowed",
  "is repainting",
  "forgot about",
  "has been looking for",
  "will bring",
  "quietly replaced",
  "measured",
  "keeps winning",
] as const;
const objects = [
  "the brass telescope",
  "a crate of plums",
  "eleven paper boats",
  "the long ladder",
  "a map of the marsh",
  "the second-best kettle",
  "the choir's songbook",
  "a very small accordion",
] as const;
const endings = [".", ".", ".", "!", "?", " …", " 🙂"] as const;
const listTitles = ["Still missing", "For Saturday", "Found in the shed", "Please bring"] as const;
