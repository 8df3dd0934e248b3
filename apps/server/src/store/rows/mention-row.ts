import type { Entry } from "@parley/protocol";
import type { MentionsTable } from "../tables.ts";

/** In place of an account: everyone who sees the message, but its author. */
export const EVERYONE = "";

/** Whom a message mentions: everyone, or accounts, each once. What is deleted mentions nobody, and nobody mentions themselves. */
export function mentionedBy({ author, body }: Entry): readonly string[] {
  const envelope = body.case === "message" ? body.value.envelope : undefined;
  if (envelope === undefined) return [];
  if (envelope.everyone) return [EVERYONE];
  return [...new Set(envelope.mentions)].filter((account) => account !== author);
}

export function mentionRow(entry: Entry, account: string): MentionsTable {
  const { conversation, ordinal, author, contentRev, receivedAt } = entry;
  return { conversation, account, ordinal, author, content_rev: contentRev, received_at: receivedAt };
}
