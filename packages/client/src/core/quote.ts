import type { Content, Entry } from "@parley/protocol";
import type { QuoteView } from "../api/quote-view.ts";
import { contentText } from "./command-deed.ts";
import { entryOfPending, foldOntoEntry } from "./fold-pending.ts";
import type { Pending } from "./pending.ts";

/** What this device knows of a message that another one answers. */
export type QuoteTarget =
  | { readonly kind: "entry"; readonly entry: Entry }
  /** One's own, without an entry yet. */
  | { readonly kind: "pending"; readonly pending: Pending }
  | { readonly kind: "unavailable" | "unknown" };

export interface QuoteBasis {
  readonly viewer: string;
  readonly nameOf: (account: string) => string;
  /** Pending changes to draw, by the row that they change. */
  readonly changes: ReadonlyMap<string, readonly Pending[]>;
  readonly targetOf: (message: string) => QuoteTarget;
  /** Whether the viewer may see what an event wrote. */
  readonly sees: (seq: number) => boolean;
  /** Whether a message is by somebody who is blocked. */
  readonly isFolded: (entry: Entry) => boolean;
}

/** The message that content answers; empty if none, or if this device cannot read it. */
export function replyToOf(content: Content | undefined): string {
  return content?.form.case === "plain" ? content.form.value.replyTo : "";
}

/** What an edit leaves as it is: all but the text. */
export function keptOf(content: Content | undefined): { readonly replyTo: string; readonly forwarded: boolean } {
  if (content?.form.case !== "plain") return { replyTo: "", forwarded: false };
  const { replyTo, forwarded } = content.form.value;
  return { replyTo, forwarded };
}

/** The message that an entry answers, as the device holds it; empty if none. */
export function answeredBy({ body }: Entry): string {
  return body.case === "message" && body.value.state.case === "content" ? replyToOf(body.value.state.value) : "";
}

/** A message that is answered as it is now, with the changes to it that wait. */
export function quoteView(id: string, basis: QuoteBasis): QuoteView {
  const target = basis.targetOf(id);
  switch (target.kind) {
    case "entry":
      return quoteOf(target.entry, target.entry.ordinal, false, basis);
    case "pending": {
      const entry = entryOfPending(target.pending, basis.viewer);
      if (entry === undefined) return nothing(id, "unavailable");
      return quoteOf(entry, undefined, target.pending.entry.state.kind === "rejected", basis);
    }
    default:
      return nothing(id, target.kind);
  }
}

function quoteOf(entry: Entry, ordinal: number | undefined, failed: boolean, basis: QuoteBasis): QuoteView {
  const { id, author, body, contentRev } = foldOntoEntry(entry, basis.changes.get(entry.id) ?? [], basis.viewer);
  if (body.case !== "message" || basis.isFolded(entry)) return nothing(id, "unavailable");
  const who = { author, authorName: basis.nameOf(author), mine: author === basis.viewer };
  const { state } = body.value;
  if (state.case === "deleted") return { id, ordinal, said: { kind: "deleted", ...who } };
  // New content that did not come with its event is on its way.
  if (state.case === "withheld" && basis.sees(contentRev)) return nothing(id, "unknown");
  if (state.case !== "content" || state.value.form.case !== "plain") return nothing(id, "unavailable");
  return { id, ordinal, said: { kind: "text", ...who, text: contentText(state.value), failed } };
}

function nothing(id: string, kind: "unavailable" | "unknown"): QuoteView {
  return { id, ordinal: undefined, said: { kind } };
}
