import { limits, RejectionCode } from "@parley/protocol";
import type { LogSnapshot } from "../../log/log-snapshot.ts";
import type { Refusal } from "../ruling.ts";

export function validateAccounts(accounts: readonly string[]): Refusal | undefined {
  if (accounts.length > 0 && accounts.length <= limits.membersPerGroup) return undefined;
  return { code: RejectionCode.INVALID, reason: `Name 1 to ${limits.membersPerGroup} accounts.` };
}

/** Those of them who do not block the sender: who does is brought into nothing by them, as if they had not been named. */
export async function thoseNotBlocking(
  snapshot: LogSnapshot,
  sender: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const free: string[] = [];
  for (const account of accounts) {
    if ((await snapshot.blockedPerson(account, sender)) === undefined) free.push(account);
  }
  return free;
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
