import type { Envelope } from "@parley/protocol";
import type { OrdinalSpan } from "../log/log-reader.ts";

/** Whom a message mentions: accounts, or an empty id for everyone. */
export interface Mentioned {
  readonly accounts: readonly string[];
  /** Seq of the last event that changed what the message says. */
  readonly contentRev: number;
}

/** Undefined for nobody. */
export function mentionedIn(envelope: Envelope | undefined, contentRev: number): Mentioned | undefined {
  if (envelope === undefined) return undefined;
  if (envelope.everyone) return { accounts: [""], contentRev };
  return envelope.mentions.length === 0 ? undefined : { accounts: envelope.mentions, contentRev };
}

/** Whether somebody else's message mentions an account that may see what it says. */
export function isMentioned(
  { accounts, contentRev }: Mentioned,
  account: string,
  spans: readonly OrdinalSpan[],
): boolean {
  if (!accounts.includes(account) && !accounts.includes("")) return false;
  return spans.some(({ from, to }) => contentRev >= from && (to === 0 || contentRev <= to));
}
