import { EVERYONE, mentionedBy } from "@parley/log";
import type { Envelope } from "@parley/protocol";
import type { OrdinalSpan } from "../log/log-reader.ts";

/** Whom a message mentions: accounts, or EVERYONE. */
export interface Mentioned {
  readonly accounts: readonly string[];
  /** Seq of the last event that changed what the message says. */
  readonly contentRev: number;
}

/** Undefined for nobody. */
export function mentionedIn(
  author: string,
  envelope: Envelope | undefined,
  contentRev: number,
  concerns: (account: string) => boolean,
): Mentioned | undefined {
  return mentionedAmong(mentionedBy(author, envelope), contentRev, concerns);
}

/**
 * Undefined for nobody.
 *
 * @param concerns whether an account has a seat in the room: a message may name anybody, and the others are not to be held in memory
 */
export function mentionedAmong(
  named: readonly string[],
  contentRev: number,
  concerns: (account: string) => boolean,
): Mentioned | undefined {
  const accounts = named.filter((account) => account === EVERYONE || concerns(account));
  return accounts.length === 0 ? undefined : { accounts, contentRev };
}

/** Whether somebody else's message mentions an account that may see what it says. */
export function isMentioned(
  { accounts, contentRev }: Mentioned,
  account: string,
  spans: readonly OrdinalSpan[],
): boolean {
  if (!accounts.includes(account) && !accounts.includes(EVERYONE)) return false;
  return spans.some(({ from, to }) => contentRev >= from && (to === 0 || contentRev <= to));
}
