import type { Ledger } from "@parley/simulation/oracle";

/** What an account is not shown of a conversation that it may see: hidden by itself, or cut off by a block. */
export function unseenBy(ledger: Ledger, account: string, conversation: string): ReadonlySet<string> {
  return new Set([...ledger.hiddenBy(account, conversation), ...ledger.cutOffFrom(account, conversation)]);
}
