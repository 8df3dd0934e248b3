import type { Envelope } from "@parley/protocol";

/** In place of an account: everyone who sees the message, but its author. */
export const EVERYONE = "";

const nobody: readonly string[] = [];

/** Whom a message mentions: everyone, or accounts, each once. Nobody mentions themselves. */
export function mentionedBy(author: string, envelope: Envelope | undefined): readonly string[] {
  if (envelope === undefined) return nobody;
  if (envelope.everyone) return [EVERYONE];
  if (envelope.mentions.length === 0) return nobody;
  return [...new Set(envelope.mentions)].filter((account) => account !== author);
}
