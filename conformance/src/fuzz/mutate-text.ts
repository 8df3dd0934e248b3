import { BOUNDARY_JSON } from "./boundary-values.ts";
import type { Random } from "./random.ts";

type Mutation = (text: string, random: Random) => string;

const VALUE = /"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d+(?:\.\d+)?|true|false/g;
const KEY = /"(\w+)"\s*:/g;
const PAIR = /"\w+":(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false)/g;

/** Ways to spoil JSON. */
const mutations: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => swapAt(text, random.below(text.length + 1), 1, String.fromCharCode(random.below(256))),
  (text, random) =>
    swapAt(text, random.below(text.length + 1), 0, random.pick([",", "{", "}", "[", "]", '"', "\\", "\u0000", " "])),
  (text, random) => onMatch(text, VALUE, random, () => random.pick(BOUNDARY_JSON)),
  (text, random) =>
    onMatch(text, KEY, random, () => `"${random.pick(["later", "__proto__", "constructor", "", "hello", "id"])}":`),
  (text, random) => onMatch(text, PAIR, random, (pair) => `${pair},${pair}`),
  (text, random) => onMatch(text, PAIR, random, (pair) => `"later":${random.pick(BOUNDARY_JSON)},${pair}`),
  (text, random) => `${text}${random.pick([text, "]", "//", "\n", "\u0000"])}`,
];

export function mutateText(text: string, random: Random): string {
  return random.pick(mutations)(text, random);
}

function swapAt(text: string, at: number, removed: number, put: string): string {
  return `${text.slice(0, at)}${put}${text.slice(at + removed)}`;
}

function onMatch(text: string, pattern: RegExp, random: Random, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const match = random.pick(matches);
  return swapAt(text, match.index, match[0].length, change(match[0]));
}
