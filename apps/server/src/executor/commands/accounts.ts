import { limits, RejectionCode } from "@parley/protocol";
import type { LogSnapshot } from "../../log/log-snapshot.ts";
import type { Attempt } from "../attempt.ts";
import { knows } from "../message-requests.ts";
import type { Refusal } from "../ruling.ts";

export function validateAccounts(accounts: readonly string[]): Refusal | undefined {
  if (accounts.length > 0 && accounts.length <= limits.membersPerGroup) return undefined;
  return { code: RejectionCode.INVALID, reason: `Name 1 to ${limits.membersPerGroup} accounts.` };
}

/** Those of them who let the sender bring them into a group; the others are left out, as if they had not been named. */
export async function thoseToBring(attempt: Attempt, accounts: readonly string[]): Promise<readonly string[]> {
  const brought: string[] = [];
  for (const account of accounts) if (await isBroughtBy(attempt, account)) brought.push(account);
  return brought;
}

/** Not who blocks the sender; nor, where what strangers begin waits to be accepted, who does not know the sender. */
async function isBroughtBy(attempt: Attempt, account: string): Promise<boolean> {
  const { account: sender, ledger } = attempt;
  if (account === sender) return true;
  if ((await ledger.transaction.blockedPerson(account, sender)) !== undefined) return false;
  return !ledger.messageRequests || knows(account, attempt);
}

/** Everybody named must be an account. */
export async function requireAccounts(
  snapshot: LogSnapshot,
  accounts: readonly string[],
): Promise<Refusal | undefined> {
  for (const account of accounts) {
    if ((await snapshot.profile(account)) === undefined) {
      return { code: RejectionCode.NOT_FOUND, reason: "There is no such account." };
    }
  }
  return undefined;
}
