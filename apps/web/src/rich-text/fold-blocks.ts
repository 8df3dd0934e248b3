import type { Block, Inline, LinkInline, ListEntry, MentionInline } from "./rich-text.ts";

/** About how many characters stand in one line of a message. A measure, not a layout: the same on every screen. */
const COLUMNS = 60;
/** Texts of more lines than this are folded, and show fewer, so that there is something worth unfolding. */
const LONGEST_LINES = 24;
const FOLDED_LINES = 16;
const ELLIPSIS = "…";

/** The beginning of a long text; undefined if it is short enough to be shown as a whole. */
export function foldBlocks(blocks: readonly Block[]): readonly Block[] | undefined {
  const whole = new Fold(LONGEST_LINES);
  whole.blocks(blocks);
  return whole.full ? new Fold(FOLDED_LINES).blocks(blocks) : undefined;
}

/** Takes parts of a text for as long as there is room. */
class Fold {
  /** In characters; a line takes at least a whole line of them. */
  #room: number;
  #full = false;

  constructor(lines: number) {
    this.#room = lines * COLUMNS;
  }

  /** Something had to be left out. */
  get full(): boolean {
    return this.#full;
  }

  blocks(blocks: readonly Block[]): readonly Block[] {
    return this.#each(blocks, (block) => this.#block(block));
  }

  #block(block: Block): Block {
    switch (block.kind) {
      case "lines":
        return { ...block, lines: this.#each(block.lines, (line) => this.#line(line)) };
      case "code": {
        const lines = this.#each(block.text.split("\n"), (text) => this.#codeLine(text));
        return { ...block, text: lines.join("\n") };
      }
      case "quote":
        return { ...block, blocks: this.blocks(block.blocks) };
      case "list":
        return { ...block, items: this.#each(block.items, (item): ListEntry => this.#item(item)) };
    }
  }

  #item(item: ListEntry): ListEntry {
    return { ...item, blocks: this.blocks(item.blocks) };
  }

  #line(line: readonly Inline[]): readonly Inline[] {
    const before = this.#room;
    const taken = this.#each(line, (inline) => this.#inline(inline));
    if (!this.#full) this.#endLine(before);
    return taken;
  }

  #codeLine(text: string): string {
    const before = this.#room;
    const taken = this.#text(text);
    if (!this.#full) this.#endLine(before);
    return taken;
  }

  #inline(inline: Inline): Inline {
    switch (inline.kind) {
      case "text":
      case "code":
        return { ...inline, text: this.#text(inline.text) };
      // An address that is cut would be another one.
      case "link":
        return inline.text.length > this.#room ? { kind: "text", text: this.#text(inline.text) } : this.#whole(inline);
      case "mention":
        return this.#whole(inline);
      default:
        return { ...inline, inlines: this.#each(inline.inlines, (part) => this.#inline(part)) };
    }
  }

  #whole(inline: LinkInline | MentionInline): Inline {
    this.#room -= inline.text.length;
    return inline;
  }

  #text(text: string): string {
    if (text.length <= this.#room) {
      this.#room -= text.length;
      return text;
    }
    this.#full = true;
    return `${text.slice(0, cutBefore(text, this.#room))}${ELLIPSIS}`;
  }

  /** The rest of the line stays empty. */
  #endLine(before: number): void {
    const used = before - this.#room;
    this.#room = before - Math.max(1, Math.ceil(used / COLUMNS)) * COLUMNS;
  }

  /** @returns the parts for which there was room, the last of them perhaps cut */
  #each<Part>(parts: readonly Part[], take: (part: Part) => Part): readonly Part[] {
    const taken: Part[] = [];
    for (const part of parts) {
      if (this.#room <= 0) this.#full = true;
      if (this.#full) break;
      taken.push(take(part));
    }
    return taken;
  }
}

/** Where a text can be cut at the latest: between words if one ends nearby, else between what reads as characters. */
function cutBefore(text: string, at: number): number {
  const space = text.slice(Math.max(0, at - 24), at + 1).search(/\s\S*$/u);
  if (space > 0) return Math.max(0, at - 24) + space;
  const near = text.slice(Math.max(0, at - 64), at + 64);
  const offset = at - Math.max(0, at - 64);
  const begin = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(near).containing(offset)?.index ?? 0;
  // What has a hundred marks on one letter may be cut anywhere, but not within a pair of units.
  if (begin > 0) return at - offset + begin;
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at;
}
