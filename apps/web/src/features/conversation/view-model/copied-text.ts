import type { MessageRow } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** A message of which something is selected. */
export interface SelectedMessage {
  readonly id: string;
  /** What is selected, as it reads. */
  readonly text: string;
  /** Nothing of what is shown is left out. */
  readonly whole: boolean;
}

export interface CopiedMessage extends SelectedMessage {
  readonly row: MessageRow;
  readonly author: string;
}

/**
 * What a selection is copied as: plain text. A message that is selected as a whole is copied as it was written, also where only its beginning is shown. Several say who
 * wrote each and when, with the date where they are of different days.
 */
export function copiedText(copied: readonly CopiedMessage[], format: TimeFormat, texts: Texts): string {
  const words = texts.conversation;
  const days = new Set(copied.map(({ row }) => format.dayKey(row.at)));
  const lines = copied.map(({ row, author, text, whole }) => {
    const said = whole && row.body.kind === "text" && row.folded !== true ? row.body.text : text;
    if (copied.length === 1) return said;
    const time = days.size > 1 ? format.full(row.at) : format.time(row.at);
    return words.copiedLine(author, time, said);
  });
  return lines.join("\n");
}
