import type { FoundMention, MentionFinder, MentionView } from "@parley/client";
import { findAddress } from "./find-address.ts";
import { type Mark, OpenMarks } from "./open-marks.ts";
import type { Effort, Inline } from "./rich-text.ts";

/** Where something other than text may begin. */
const BEGINNINGS = /\*+|_+|~+|`+|@|https?:\/\/|mailto:/giu;
/** Longer runs are text: people draw lines with them, and cover words. */
const LONGEST = { "*": 3, _: 3, "~": 2 } as const;
const LONGEST_TICKS = 2;

/** Part of a word. Not of scripts that write without spaces, or join endings to any word. */
const IN_WORD = /[\p{L}\p{N}]/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The forms in one line; none goes over its end. */
export function parseLine(line: string, people: MentionFinder<MentionView>, effort: Effort): readonly Inline[] {
  const beginnings = [...line.matchAll(BEGINNINGS)];
  if (beginnings.length === 0) return line === "" ? [] : [{ kind: "text", text: line }];
  const reader = new LineReader(line, people.find(line), effort);
  const ends = tickEnds(beginnings);
  for (const [index, beginning] of beginnings.entries()) {
    effort.steps += 1;
    // Else it lies within an address or a piece of code.
    if (beginning.index >= reader.at) reader.take(beginning[0], beginning.index, ends.get(index));
  }
  return reader.finish();
}

class LineReader {
  readonly #line: string;
  readonly #mentions: ReadonlyMap<number, FoundMention<MentionView>>;
  readonly #effort: Effort;
  readonly #parts: OpenMarks;
  #at = 0;

  constructor(line: string, mentions: readonly FoundMention<MentionView>[], effort: Effort) {
    this.#line = line;
    this.#mentions = new Map(mentions.map((mention) => [mention.start, mention]));
    this.#effort = effort;
    this.#parts = new OpenMarks(effort);
  }

  /** Everything before this is taken. */
  get at(): number {
    return this.#at;
  }

  /** @param closing where the run of ticks stands that closes this one */
  take(beginning: string, index: number, closing: number | undefined): void {
    const first = beginning.charAt(0);
    if (first === "*" || first === "_" || first === "~") this.#marks(first, beginning.length, index);
    else if (first === "`") this.#code(beginning.length, index, closing);
    else if (first === "@") this.#mention(index);
    else if (!isWordBefore(this.#line, index)) this.#address(index);
  }

  finish(): readonly Inline[] {
    this.#textUpTo(this.#line.length);
    return this.#parts.finish();
  }

  #marks(mark: Mark, length: number, index: number): void {
    const end = index + length;
    if (length > LONGEST[mark] || (mark === "~" && length < 2)) return;
    const before = this.#line.charAt(index - 1);
    const after = this.#line.charAt(end);
    const closes = before.trim() !== "" && !isWordAfter(this.#line, end);
    // A backslash before a mark says that it is meant as it is.
    const opens = after.trim() !== "" && before !== "\\" && !isWordBefore(this.#line, index);
    if (!closes && !opens) return;
    this.#textUpTo(index);
    const left = closes ? this.#parts.close(mark, length) : length;
    if (left === length && opens) this.#parts.open(mark, length);
    else if (left > 0) this.#parts.add({ kind: "text", text: mark.repeat(left) });
    this.#at = end;
  }

  #code(length: number, index: number, closing: number | undefined): void {
    if (closing === undefined || closing === index + length) return;
    this.#textUpTo(index);
    this.#parts.add({ kind: "code", text: this.#line.slice(index + length, closing) });
    this.#at = closing + length;
  }

  #mention(index: number): void {
    const found = this.#mentions.get(index);
    if (found === undefined) return;
    this.#textUpTo(index);
    this.#parts.add({ kind: "mention", text: this.#line.slice(index, found.end), person: found.person });
    this.#at = found.end;
  }

  #address(index: number): void {
    const { address, end } = findAddress(this.#line, index, this.#effort);
    this.#textUpTo(index);
    if (address === undefined) this.#textUpTo(end);
    else this.#parts.add({ kind: "link", text: address });
    this.#at = end;
  }

  #textUpTo(end: number): void {
    if (end > this.#at) this.#parts.add({ kind: "text", text: this.#line.slice(this.#at, end) });
    this.#at = end;
  }
}

/** For each run of ticks that may open code, where the next run of the same length stands. */
function tickEnds(beginnings: readonly RegExpExecArray[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const next = new Map<number, number>();
  for (let index = beginnings.length - 1; index >= 0; index--) {
    const run = beginnings[index];
    if (run === undefined || !run[0].startsWith("`") || run[0].length > LONGEST_TICKS) continue;
    const end = next.get(run[0].length);
    if (end !== undefined) ends.set(index, end);
    next.set(run[0].length, run.index);
  }
  return ends;
}

function isWordAfter(line: string, index: number): boolean {
  const point = line.codePointAt(index);
  return point !== undefined && isWord(String.fromCodePoint(point));
}

function isWordBefore(line: string, index: number): boolean {
  const unit = line.charAt(index - 1);
  const high = line.charAt(index - 2);
  const isPair = /^[\udc00-\udfff]$/.test(unit) && /^[\ud800-\udbff]$/.test(high);
  return isWord(isPair ? high + unit : unit);
}

function isWord(character: string): boolean {
  return IN_WORD.test(character) && !WITHOUT_SPACES.test(character);
}
