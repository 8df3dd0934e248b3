import type { TimelineRow, TimelineView } from "@parley/client";
import { oneLine } from "../../../rich-text/one-line.ts";
import type { Texts } from "../../../texts/en.ts";

/** More than this at once are counted, not read. */
const READ_OUT = 3;
/** Who wants to hear all of a long message goes there. */
const READ_OUT_CHARACTERS = 600;

/** Finds what to read aloud: messages of others that arrived at the newest end since the last look. */
export class Arrivals {
  readonly #texts: Texts;
  #announced: number | undefined;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** What to say about a new view; empty for nothing. */
  next(view: Pick<TimelineView, "loaded" | "atNewest" | "entryHead" | "rows">): string {
    const newest = view.entryHead;
    const before = this.#announced;
    if (!view.loaded || !view.atNewest || newest === before) return "";
    this.#announced = newest;
    if (before === undefined) return "";
    const arrived = view.rows.flatMap((row) => spokenRow(row, before));
    if (arrived.length > READ_OUT) return this.#texts.conversation.announceMany(arrived.length);
    return arrived
      .map(({ author, text }) => this.#texts.conversation.announce(author || this.#texts.common.unknownPerson, text))
      .join("\n");
  }
}

function spokenRow(row: TimelineRow, after: number): { readonly author: string; readonly text: string }[] {
  if (row.kind !== "message" || row.mine || row.folded === true || row.body.kind !== "text") return [];
  if (row.ordinal === undefined || row.ordinal <= after) return [];
  return [{ author: row.authorName, text: oneLine(row.body.text, row.body.mentions, READ_OUT_CHARACTERS) }];
}
