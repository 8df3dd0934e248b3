/** Accents and what cannot be seen; not what makes another syllable (kana) or another sound (vowel signs). */
const unseen = /(?![\u3099\u309a])[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}\u0591-\u05c7]/gu;
/** Letters that do not decompose, and how people type them. */
const alike: Readonly<Record<string, string>> = {
  ß: "ss",
  ς: "σ",
  ı: "i",
  ø: "o",
  ł: "l",
  đ: "d",
  æ: "ae",
  œ: "oe",
};
const hasAlike = /[ßςıøłđæœ]/gu;
/** Runs of marks are put in order by work that grows with their square: none is longer than this (the joiner is unseen, and goes again). */
const longRun = /\p{M}{30}/gu;
const joiner = "\u034f";
const beyondAscii = /[\u0080-\uffff]/;

/** A text as a search compares it: case, accents and forms of the same letter do not count. */
export function foldText(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text
    .replace(unseen, "")
    .replace(longRun, (run) => run + joiner)
    .normalize("NFKD")
    .replace(unseen, "")
    .toLowerCase()
    .replace(hasAlike, (letter) => alike[letter] ?? letter);
}

export interface FoldedText {
  readonly folded: string;
  /** Where the piece begins in the text from which a unit of `folded` came. */
  readonly starts: readonly number[];
}

/** A folded text that knows where each part of it came from. */
export function foldWithPlaces(text: string): FoldedText {
  let folded = "";
  const starts: number[] = [];
  let start = 0;
  for (const piece of text) {
    const part = foldText(piece);
    for (let unit = 0; unit < part.length; unit++) starts.push(start);
    folded += part;
    start += piece.length;
  }
  return { folded, starts };
}
