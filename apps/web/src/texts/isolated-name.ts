/** What can turn the direction of the text around it. */
const TURNS = /[\p{Bidi_Control}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** What ends the isolation, or is not part of a name at all. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
const ISOLATE = "\u2068";
const POP = "\u2069";

/** A name as a part of a sentence: whatever is in it, the words around it stay where they are. Most names need nothing for that. */
export function isolatedName(name: string): string {
  const clean = name.replace(CONTROLS, "");
  return TURNS.test(name) ? `${ISOLATE}${clean}${POP}` : clean;
}
