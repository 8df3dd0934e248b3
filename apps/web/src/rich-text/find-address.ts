import type { Effort } from "./rich-text.ts";

/**
 * Ends at white space, at what quotes an address, and at characters that cannot be seen or turn the direction of text: an address must read as what it
 * is.
 */
const ADDRESS = /[^\s<>"`\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]+/uy;
/** What ends a sentence, or a form of the text, rather than an address. */
const TRAILING = new Set(".,;:!?'\"»”’…*_~");
const SCHEMES = new Set(["http:", "https:", "mailto:"]);

export interface FoundAddress {
  /** Undefined if it cannot be one. */
  readonly address: string | undefined;
  /** Where to go on. */
  readonly end: number;
}

/** The address that begins at a place in a text, where its scheme stands. */
export function findAddress(text: string, start: number, effort: Effort): FoundAddress {
  const pattern = new RegExp(ADDRESS);
  pattern.lastIndex = start;
  const found = pattern.exec(text)?.[0] ?? "";
  effort.steps += found.length;
  const address = withoutTrailing(found);
  if (!isAddress(address)) return { address: undefined, end: start + Math.max(1, found.length) };
  return { address, end: start + address.length };
}

/** A name before the host ("https://bank.example@elsewhere.example") makes an address read as another. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname } = new URL(text);
  if (!SCHEMES.has(protocol) || username !== "" || password !== "") return false;
  return protocol !== "mailto:" || /^[^@]+@[^@]+$/u.test(pathname);
}

/** Also a closing bracket that was opened before the address. Looks at each character once: others choose how many there are. */
function withoutTrailing(found: string): string {
  let unopened = found.split(")").length - found.split("(").length;
  let end = found.length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (last === ")" && unopened > 0) unopened--;
    else if (!TRAILING.has(last)) return found.slice(0, end);
    end--;
  }
}
