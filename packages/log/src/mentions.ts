import type { Entry, Envelope, Event } from "@parley/protocol";

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

/** Whom an event is the first to mention in its message. @param before the message as it was, where the event changes one */
export function mentionedAnew(
  { author, body }: Pick<Event, "author" | "body">,
  before: Entry | undefined,
): readonly string[] {
  if (body.case === "posted") return mentionedBy(author, body.value.envelope);
  if (body.case !== "edited") return nobody;
  const known = before?.body.case === "message" ? mentionedBy(author, before.body.value.envelope) : nobody;
  return mentionedBy(author, body.value.envelope).filter((account) => !known.includes(account));
}
