import type { Block, TextDirection } from "./rich-text.ts";

/** Letters, and the marks that stand for one. */
const STRONG = /[\p{L}\u200e\u200f\u061c]/u;
/** Scripts written from right to left, and their marks. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10cff}\u{10d00}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The direction of the first letter; undefined where there is none. */
export function directionOf(text: string): TextDirection | undefined {
  const first = STRONG.exec(text)?.[0];
  if (first === undefined) return undefined;
  return RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

/** How many isolates of direction a line opens and never closes. */
export function openIsolates(line: string): number {
  let open = 0;
  for (const [control] of line.matchAll(/[\u2066-\u2069]/gu))
    open = Math.max(0, open + (control === "\u2069" ? -1 : 1));
  return open;
}

/** That of the first lines in it. */
export function directionOfBlock(block: Block | undefined): TextDirection | undefined {
  switch (block?.kind) {
    case "lines":
      return block.direction;
    case "quote":
      return directionOfBlock(block.blocks[0]);
    case "list":
      return directionOfBlock(block.items[0]?.blocks[0]);
    default:
      return undefined;
  }
}
