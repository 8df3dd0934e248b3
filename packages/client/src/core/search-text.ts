import type { ExcerptPart } from "../api/search-view.ts";
import { foldText, foldWithPlaces } from "./fold-text.ts";

/** What a person looks for: all of these have to occur, anywhere in a word. */
export type SearchWords = readonly string[];

export function searchWords(query: string): SearchWords {
  return [...new Set(foldText(query).split(/\s+/u))].filter((word) => word !== "");
}

export function matches(text: string, words: SearchWords): boolean {
  const folded = foldText(text);
  return words.every((word) => folded.includes(word));
}

/** How long an excerpt is, and how much of it comes before the first hit. */
const EXCERPT_CHARACTERS = 160;
const LEAD_CHARACTERS = 40;

/** The part of a matching text round its first hit, on one line, with what was found told apart. */
export function excerptOf(text: string, words: SearchWords): readonly ExcerptPart[] {
  const line = text.replace(/\s+/gu, " ").trim();
  const hits = hitsIn(line, words);
  const from = beginOf(line, hits[0]?.from ?? 0);
  const to = wholeCharacter(line, Math.min(line.length, from + EXCERPT_CHARACTERS));
  const parts: ExcerptPart[] = [];
  const add = (start: number, end: number, hit: boolean): void => {
    const part = line.slice(Math.max(from, start), Math.min(to, end));
    if (part !== "") parts.push({ text: part, hit });
  };
  let end = from;
  for (const hit of hits) {
    add(end, hit.from, false);
    add(hit.from, hit.to, true);
    end = hit.to;
  }
  add(end, to, false);
  return [...(from > 0 ? [ellipsis] : []), ...parts, ...(to < line.length ? [ellipsis] : [])];
}

const ellipsis: ExcerptPart = { text: "…", hit: false };

interface Hit {
  readonly from: number;
  readonly to: number;
}

/** Where the words stand in a text, ascending; hits that overlap or touch are one. */
function hitsIn(text: string, words: SearchWords): readonly Hit[] {
  const { folded, starts } = foldWithPlaces(text);
  const endOf = (unit: number): number => {
    let next = unit + 1;
    while (next < starts.length && starts[next] === starts[unit]) next++;
    return starts[next] ?? text.length;
  };
  const found: Hit[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push({ from: starts[at] ?? 0, to: endOf(at + word.length - 1) });
    }
  }
  return found.sort((one, other) => one.from - other.from).reduce<Hit[]>(joined, []);
}

function joined(hits: Hit[], hit: Hit): Hit[] {
  const last = hits.at(-1);
  if (last === undefined || hit.from > last.to) hits.push(hit);
  else hits[hits.length - 1] = { from: last.from, to: Math.max(last.to, hit.to) };
  return hits;
}

/** A little before the first hit, at the beginning of a word if there is one. */
function beginOf(line: string, hit: number): number {
  if (hit <= LEAD_CHARACTERS) return 0;
  const earliest = hit - LEAD_CHARACTERS;
  const space = line.indexOf(" ", earliest);
  return space >= 0 && space < hit ? space + 1 : wholeCharacter(line, earliest);
}

/** Not between the halves of a character. */
function wholeCharacter(line: string, at: number): number {
  const unit = line.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
