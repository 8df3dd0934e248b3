/** What moves the cursor, changes colours, rings, or turns the direction of what follows; lines may end. */
const CONTROL = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** A text as a terminal may be given it: others choose what is in it, and a terminal obeys what it is given. */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replace(CONTROL, "\ufffd");
}
