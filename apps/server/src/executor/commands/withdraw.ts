import { create } from "@bufbuild/protobuf";
import { ErasedSchema, RejectionCode, ScheduledEndedSchema, uuidVersion, type Withdraw } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { recordWithdrawal } from "../record-withdrawal.ts";
import { isOwnAccountLog, noAccountEffect } from "./account-log.ts";
import { type CommandHandler, cannot, type Decision, happens, noEffect } from "./command-handler.ts";
import { requireMember } from "./membership.ts";
import { isDeleted } from "./target.ts";

/**
 * Anybody may withdraw a command of its own, a former member too: its late copies must do nothing. So where the membership does not allow it, the
 * target gets its verdict together with the rejection.
 */
export const withdraw: CommandHandler<Withdraw> = {
  authorise: async () => undefined,
  validate({ target }, { command }) {
    if (uuidVersion(target) === 7 && target !== command.id) return undefined;
    return { code: RejectionCode.INVALID, reason: "target is not the id of another command." };
  },
  async decide(attempt, { target }) {
    const { account, command, ledger } = attempt;
    const known = await ledger.transaction.verdict(command.log, target);
    if (isOwnAccountLog(attempt)) {
      if (known === undefined) await recordWithdrawal(attempt, target);
      return undoScheduling(attempt, target);
    }
    const refusal = await requireMember(attempt);
    if (known !== undefined && known.account !== account) {
      // Who is no member does not learn that there is such a command.
      return cannot(
        refusal ?? { code: RejectionCode.NOT_ALLOWED, reason: "Only one's own commands can be withdrawn." },
      );
    }
    if (refusal !== undefined) {
      return known === undefined ? { kind: "refused", refusal, withdrawn: target } : cannot(refusal);
    }
    if (known === undefined) await recordWithdrawal(attempt, target);
    return known?.kind === "accepted" ? eraseEffect(attempt, target) : noEffect;
  },
};

/** Of what a command did to the account, only that a message waits to be posted can be taken back. */
async function undoScheduling({ account, ledger }: Attempt, target: string): Promise<Decision> {
  if ((await ledger.transaction.scheduledMessage(account, target)) === undefined) return noAccountEffect;
  const value = create(ScheduledEndedSchema, { target, posted: false });
  return { kind: "account-event", body: { case: "scheduledEnded", value } };
}

/** Of what a command did to a conversation, only a posted message can be taken back. */
async function eraseEffect({ command, ledger }: Attempt, target: string): Promise<Decision> {
  const log = await ledger.log(command.log);
  const entry = await log?.entry(target);
  if (entry?.body.case !== "message" || isDeleted(entry)) return noEffect;
  return happens({ case: "erased", value: create(ErasedSchema, { target }) });
}
