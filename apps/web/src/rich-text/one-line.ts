import type { MentionView } from "@parley/client";
import { parseRichText } from "./parse-rich-text.ts";
import { visibleText } from "./visible-text.ts";

/** A message in one line of at most about so many characters, without the marks of its forms: for lists, notifications and reading aloud. */
export function oneLine(text: string, people: readonly MentionView[] | undefined, characters: number): string {
  const cut = text.length > characters;
  // A form that is cut in two stays as it was written. Rather that than reading pages for one line.
  const read = cut ? `${text.slice(0, characters).replace(/[\ud800-\udbff]$/, "")}…` : text;
  return visibleText(parseRichText(read, people)).replace(/\s+/gu, " ").trim();
}
