import type { Block, Inline } from "./rich-text.ts";

/** A text as it reads, without the marks of its forms; people by their names. */
export function visibleText(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).join("\n");
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case "lines":
      return block.lines.map(textOfInlines).join("\n");
    case "code":
      return block.text;
    case "quote":
      return visibleText(block.blocks);
    case "list":
      return block.items.map(({ number, blocks }) => `${listMark(number)} ${visibleText(blocks)}`).join("\n");
  }
}

function listMark(number: number | undefined): string {
  return number === undefined ? "-" : `${number}.`;
}

function textOfInlines(inlines: readonly Inline[]): string {
  return inlines.map(textOfInline).join("");
}

function textOfInline(inline: Inline): string {
  if (inline.kind === "mention") return `@${inline.person.displayName}`;
  return "text" in inline ? inline.text : textOfInlines(inline.inlines);
}
