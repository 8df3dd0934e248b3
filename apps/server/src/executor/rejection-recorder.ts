import { RetryCode } from "@parley/protocol";
import type { Attempt } from "./attempt.ts";
import type { Refusal } from "./ruling.ts";

/** Records a rejection under the command's id. Where it may not, the answer to give instead. */
export type RejectionRecorder = (attempt: Attempt, refusal: Refusal) => Promise<Hindrance | undefined>;

interface Hindrance {
  readonly code: RetryCode;
  readonly afterMs: number;
}

/** How many rejections an account may leave in the store in one period. */
export interface RejectionQuota {
  readonly count: number;
  readonly periodMs: number;
}

export function rejectionRecorder({ count: quota, periodMs }: RejectionQuota): RejectionRecorder {
  return async ({ account, command, ledger, receivedAt }, { code, reason }) => {
    const { transaction } = ledger;
    const stored = await transaction.rejections(account);
    const age = receivedAt - stored.since;
    const fresh = age >= periodMs || age < 0;
    const { since, count } = fresh ? { since: receivedAt, count: 0 } : stored;
    if (count >= quota) return { code: RetryCode.RATE_LIMITED, afterMs: since + periodMs - receivedAt };
    await transaction.putRejections(account, { since, count: count + 1 });
    await transaction.reject(command.log, command.id, { account, code, reason, receivedAt });
    return undefined;
  };
}
