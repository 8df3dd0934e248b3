export interface TextSegment {
  readonly text: string;
  /** Set for links. */
  readonly href: string | undefined;
}

/** Characters that turn the direction of text end an address: it must read as what it is. */
const LINK = /\bhttps?:\/\/[^\s<>"\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = new Set(".,;:!?'\"»”’…");

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

/** Also a closing bracket that was opened before the address. Looks at each character once: others choose how many there are. */
function withoutTrailing(match: string): string {
  let unopened = match.split(")").length - match.split("(").length;
  let end = match.length;
  for (;;) {
    const last = match.charAt(end - 1);
    if (last === ")" && unopened > 0) unopened--;
    else if (!TRAILING.has(last)) return match.slice(0, end);
    end--;
  }
}
