import { RejectionCode } from "@parley/protocol";
import type { Attempt } from "./attempt.ts";

/** A command that was never received gets the verdict WITHDRAWN, so that late copies of it do nothing. */
export async function recordWithdrawal({ account, command, ledger, receivedAt }: Attempt, id: string): Promise<void> {
  const reason = "Withdrawn before it was received.";
  const rejection = { account, code: RejectionCode.WITHDRAWN, reason, receivedAt };
  await ledger.transaction.reject(command.log, id, rejection);
}
