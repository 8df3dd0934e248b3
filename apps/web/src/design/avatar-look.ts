/** How many avatar colours the styles have. */
const COLOURS = 10;

/** Up to two letters: of the first and last word, or the first one of a single word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return "?";
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = last === undefined ? graphemes(first).slice(0, 1) : [graphemes(first)[0], graphemes(last)[0]];
  return letters.join("").toLocaleUpperCase();
}

/** The same colour for the same account everywhere and always (FNV-1a of its id). */
export function avatarColour(seed: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % COLOURS;
}

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text), (part) => part.segment);
}
