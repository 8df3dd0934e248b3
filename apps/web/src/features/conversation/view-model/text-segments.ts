export interface TextSegment {
  readonly text: string;
  /** Set for links. */
  readonly href: string | undefined;
}

const LINK = /\bhttps?:\/\/[^\s<>"]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'"»”’…]+$/u;

/** Splits a text into plain parts and addresses on the web. Joined again they are the text. */
export function textSegments(text: string): readonly TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrailing(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index), href: undefined });
    segments.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length || segments.length === 0) segments.push({ text: text.slice(end), href: undefined });
  return segments;
}

/** Also a closing bracket that was opened before the address. */
function withoutTrailing(match: string): string {
  const address = match.replace(TRAILING, "");
  const opened = address.split("(").length;
  const closed = address.split(")").length;
  return closed > opened && address.endsWith(")") ? withoutTrailing(address.slice(0, -1)) : address;
}
