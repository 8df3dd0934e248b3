/** What is being written at the caret, as far as it can be completed. */
export interface CompletionToken {
  readonly kind: "person" | "emoji";
  /** Without what it begins with, `@` or `:`. */
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

/** Longer ones complete nothing. */
const LONGEST = 40;
/** With enough before it to see whether it begins a word. */
const PERSON = /(?<![\p{L}\p{M}\p{N}_.+/@-])@([\p{L}\p{M}\p{N}._-]+)$/u;
const EMOJI = /(?<![\p{L}\p{M}\p{N}_:]):([\p{L}\p{M}\p{N}_+-]{2,})$/u;
const SHORTCODE = /(?<![\p{L}\p{M}\p{N}_:]):([\p{L}\p{N}_+-]+):$/u;
const IN_A_WORD = /^[\p{L}\p{M}\p{N}_]/u;

/** Undefined within a word, and where there is nothing to complete. */
export function completionToken(text: string, caret: number): CompletionToken | undefined {
  if (IN_A_WORD.test(text.slice(caret, caret + 2))) return undefined;
  const before = text.slice(Math.max(0, caret - LONGEST - 2), caret);
  const person = PERSON.exec(before)?.[1];
  if (person !== undefined) return token("person", person, caret);
  const emoji = EMOJI.exec(before)?.[1];
  return emoji === undefined ? undefined : token("emoji", emoji, caret);
}

/** A shortcode that has just been finished with its second colon. Without its colons. */
export function finishedShortcode(text: string, caret: number): CompletionToken | undefined {
  const code = SHORTCODE.exec(text.slice(Math.max(0, caret - LONGEST - 2), caret))?.[1];
  return code === undefined ? undefined : { kind: "emoji", query: code, start: caret - code.length - 2, end: caret };
}

/** Whether an emoji's shortcode may be on its way. */
export function beginsShortcode(text: string, caret: number): boolean {
  return /(?<![\p{L}\p{M}\p{N}_:]):[\p{L}\p{N}_+-]*$/u.test(text.slice(Math.max(0, caret - LONGEST), caret));
}

function token(kind: CompletionToken["kind"], query: string, end: number): CompletionToken | undefined {
  return query.length > LONGEST ? undefined : { kind, query, start: end - query.length - 1, end };
}
