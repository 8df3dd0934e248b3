import { mentionedBy } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { MentionsTable } from "../tables.ts";

/** Whom an entry mentions. What is deleted mentions nobody. */
export function mentionsOf({ author, body }: Entry): readonly string[] {
  return body.case === "message" ? mentionedBy(author, body.value.envelope) : [];
}

export function mentionRow(entry: Entry, account: string): MentionsTable {
  const { conversation, ordinal, author, contentRev, receivedAt } = entry;
  return { conversation, account, ordinal, author, content_rev: contentRev, received_at: receivedAt };
}
