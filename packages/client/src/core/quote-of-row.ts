import type { QuoteView } from "../api/quote-view.ts";
import type { MessageRow } from "../api/timeline-view.ts";

/** A message on the screen as one that is answered, until the engine tells it. */
export function quoteOfRow({ id, ordinal, author, authorName, mine, body, status }: MessageRow): QuoteView {
  const who = { author, authorName, mine };
  switch (body.kind) {
    case "text":
      return { id, ordinal, said: { kind: "text", ...who, text: body.text, failed: isFailed(ordinal, status) } };
    case "deleted":
      return { id, ordinal, said: { kind: "deleted", ...who } };
    case "withheld":
      return { id, ordinal: undefined, said: { kind: "unavailable" } };
  }
}

function isFailed(ordinal: number | undefined, status: MessageRow["status"]): boolean {
  return ordinal === undefined && status?.kind === "failed";
}
