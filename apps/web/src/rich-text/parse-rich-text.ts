import { MentionFinder, type MentionView } from "@parley/client";
import { parseLine } from "./parse-line.ts";
import type { Block, CodeBlock, Effort, Inline, LinesBlock, ListBlock, ListEntry, QuoteBlock } from "./rich-text.ts";
import { directionOf, openIsolates } from "./text-direction.ts";

/** Quotes and lists within each other; what is deeper stays text. */
const DEEPEST = 3;
const LINE_END = /\r\n?|[\n\u2028\u2029]/u;
const FENCE = "```";
/** A word alone behind the opening marks of code. */
const LANGUAGE = /^[A-Za-z][\w+#.-]{0,19}$/;
const BULLET = /^ {0,3}[-*] +(?=\S)/;
const NUMBER = /^ {0,3}(\d{1,3})\. +(?=\S)/;
/** Of an entry of a list: its further lines. */
const INDENTED = /^(?: {2,4}|\t)(?=\s*\S)/;
const QUOTED = /^>(?: |$)/;

/**
 * Understands bold, italic, struck and `code` text, code between fences, quotes, lists, addresses and mentions; anything else is text. In linear time, whatever
 * the text: the parts of a text are looked at a bounded number of times each.
 *
 * @param people those whom the message mentions
 */
export function parseRichText(
  text: string,
  people: readonly MentionView[] = [],
  effort: Effort = { steps: 0 },
): readonly Block[] {
  return new BlockReader(text.split(LINE_END), new MentionFinder(people), effort, 0).read();
}

class BlockReader {
  readonly #lines: readonly string[];
  readonly #people: MentionFinder<MentionView>;
  readonly #effort: Effort;
  readonly #depth: number;
  readonly #blocks: Block[] = [];
  #at = 0;
  /** Behind this line no fence closes. */
  #noFenceAfter = Number.POSITIVE_INFINITY;

  constructor(lines: readonly string[], people: MentionFinder<MentionView>, effort: Effort, depth: number) {
    this.#lines = lines;
    this.#people = people;
    this.#effort = effort;
    this.#depth = depth;
  }

  read(): readonly Block[] {
    let plain: string[] = [];
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      const block = this.#code(line) ?? (this.#depth < DEEPEST ? (this.#quote() ?? this.#list()) : undefined);
      if (block === undefined) {
        plain.push(line);
        this.#next();
      } else {
        this.#addLines(plain);
        plain = [];
        this.#blocks.push(block);
      }
    }
    this.#addLines(plain);
    return this.#blocks;
  }

  #line(): string | undefined {
    return this.#lines[this.#at];
  }

  #next(): void {
    this.#effort.steps += 1;
    this.#at += 1;
  }

  /** Empty lines at either end only keep blocks apart. */
  #addLines(lines: readonly string[]): void {
    const from = lines.findIndex((line) => line.trim() !== "");
    if (from < 0) return;
    const to = lines.findLastIndex((line) => line.trim() !== "");
    let run: string[] = [];
    let direction: LinesBlock["direction"];
    for (const line of lines.slice(from, to + 1)) {
      const own = directionOf(line);
      if (own !== undefined && direction !== undefined && own !== direction) {
        this.#addRun(run, direction);
        run = [];
      }
      direction = own ?? direction;
      run.push(line);
    }
    this.#addRun(run, direction);
  }

  /** Lines of one direction. */
  #addRun(lines: readonly string[], direction: LinesBlock["direction"]): void {
    const open = openIsolates(lines.at(-1) ?? "");
    this.#blocks.push({
      kind: "lines",
      direction,
      openIsolates: open,
      lines: lines.map((line) => this.#inlines(line)),
    });
  }

  #inlines(line: string): readonly Inline[] {
    return parseLine(line, this.#people, this.#effort);
  }

  /** From a fence to the next one, on the same line or a later one. */
  #code(line: string): CodeBlock | undefined {
    if (!line.startsWith(FENCE)) return undefined;
    const opening = line.slice(FENCE.length).trimEnd();
    if (opening.endsWith(FENCE)) return this.#codeOnOneLine(opening.slice(0, -FENCE.length));
    if (opening.includes("`")) return undefined;
    const end = this.#closingFence();
    if (end === undefined) return undefined;
    const language = LANGUAGE.test(opening) ? opening : "";
    const lines = this.#lines.slice(this.#at + 1, end);
    const last = (this.#lines[end] ?? "").trimEnd().slice(0, -FENCE.length);
    if (last !== "") lines.push(last);
    if (opening !== language) lines.unshift(opening);
    if (lines.every((one) => one.trim() === "")) return undefined;
    this.#at = end + 1;
    return { kind: "code", text: lines.join("\n"), language };
  }

  #codeOnOneLine(text: string): CodeBlock | undefined {
    if (text.trim() === "" || text.includes("`")) return undefined;
    this.#next();
    return { kind: "code", text, language: "" };
  }

  #closingFence(): number | undefined {
    if (this.#at >= this.#noFenceAfter) return undefined;
    for (let at = this.#at + 1; at < this.#lines.length; at++) {
      this.#effort.steps += 1;
      if (this.#lines[at]?.trimEnd().endsWith(FENCE) === true) return at;
    }
    this.#noFenceAfter = this.#at;
    return undefined;
  }

  #quote(): QuoteBlock | undefined {
    const first = this.#line() ?? "";
    if (!first.startsWith("> ") || first.slice(2).trim() === "") return undefined;
    const lines: string[] = [];
    for (let line = this.#line(); line !== undefined && QUOTED.test(line); line = this.#line()) {
      lines.push(line.slice(2));
      this.#next();
    }
    return { kind: "quote", blocks: this.#within(lines) };
  }

  #list(): ListBlock | undefined {
    const numbered = NUMBER.test(this.#line() ?? "");
    const items: ListEntry[] = [];
    for (let entry = this.#entry(numbered); entry !== undefined; entry = this.#entry(numbered)) items.push(entry);
    return items.length === 0 ? undefined : { kind: "list", items };
  }

  #entry(numbered: boolean): ListEntry | undefined {
    const first = this.#line();
    const begin = (numbered ? NUMBER : BULLET).exec(first ?? "");
    if (first === undefined || begin === null) return undefined;
    const lines = [first.slice(begin[0].length)];
    this.#next();
    for (let line = this.#line(); line !== undefined && INDENTED.test(line); line = this.#line()) {
      lines.push(line.replace(INDENTED, ""));
      this.#next();
    }
    return { number: begin[1] === undefined ? undefined : Number(begin[1]), blocks: this.#within(lines) };
  }

  #within(lines: readonly string[]): readonly Block[] {
    return new BlockReader(lines, this.#people, this.#effort, this.#depth + 1).read();
  }
}
