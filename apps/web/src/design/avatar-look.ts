/** How many avatar colours the styles have. */
const COLOURS = 10;

/** What stands well alone: letters, digits and pictures, not brackets and the like. */
const INITIAL = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Up to two letters: of the first and last word, or the first one of a single word. */
export function initialsOf(name: string): string {
  const initials = name.split(/\s+/u).flatMap((word) => graphemes(word).find((part) => INITIAL.test(part)) ?? []);
  const [first = "?", ...others] = initials;
  return `${first}${others.at(-1) ?? ""}`.toLocaleUpperCase();
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
