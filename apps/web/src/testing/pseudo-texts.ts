/** On every letter: it stays legible, and what does not come from a catalogue shows at once. */
const MARK = "\u0301";
/** What comes from outside of the catalogue is kept between these. */
const [OPEN, CLOSE] = ["\uE000", "\uE001"];

/**
 * A catalogue of a language that nobody speaks, made from another one: marked letters, and a third longer, as texts become in translation. What is put into a
 * text stays as it is.
 */
export function pseudoTexts<Catalogue>(catalogue: Catalogue): Catalogue {
  return marked(catalogue) as Catalogue;
}

/** The same kind of value comes out as went in, which no type can follow. */
function marked(value: unknown): unknown {
  if (typeof value === "string") return markedText(value);
  if (typeof value === "function") return (...given: unknown[]) => markedText(String(value(...given.map(kept))));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}

function kept(given: unknown): unknown {
  if (typeof given === "string" && given !== "") return OPEN + given + CLOSE;
  return Array.isArray(given) ? given.map(kept) : given;
}

function markedText(text: string): string {
  if (text === "") return "";
  let depth = 0;
  let result = "";
  let letters = 0;
  for (const letter of text) {
    if (letter === OPEN) ++depth;
    else if (letter === CLOSE) --depth;
    else if (depth > 0) result += letter;
    else {
      const isLetter = /[a-z]/iu.test(letter);
      if (isLetter) ++letters;
      result += isLetter ? letter + MARK : letter;
    }
  }
  return result + "~".repeat(Math.ceil(letters / 3));
}
