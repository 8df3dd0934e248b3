import { create } from "@bufbuild/protobuf";
import { blockedConversation } from "@parley/log";
import { BlockedSetSchema, limits, RejectionCode, type SetBlocked, uuidVersion } from "@parley/protocol";
import { noAccountEffect, requireOwnAccountLog } from "./account-log.ts";
import { requireAccounts } from "./accounts.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";

/** Changes no conversation: it says from where on, and up to where, the sender's devices leave out what the other one does. */
export const setBlocked: CommandHandler<SetBlocked> = {
  authorise: async (attempt) => requireOwnAccountLog(attempt),
  validate({ account: other }, { account }) {
    if (uuidVersion(other) !== undefined && other !== account) return undefined;
    return { code: RejectionCode.INVALID, reason: "account is not the id of another account." };
  },
  async decide({ account, ledger }, { account: other, blocked }) {
    const { transaction } = ledger;
    const before = await transaction.blockedPerson(account, other);
    if ((before !== undefined) === blocked) return noAccountEffect;
    const conversation = blockedConversation(account, other);
    const direct = await ledger.log(conversation);
    const { entryHead: ordinal = 0, head: seq = 0 } = direct?.record ?? {};
    if (blocked) {
      const unknown = await requireAccounts(transaction, [other]);
      if (unknown !== undefined) return cannot(unknown);
      if ((await transaction.blockedCount(account)) >= limits.blockedPerAccount) {
        return cannot({
          code: RejectionCode.BLOCKED_FULL,
          reason: `At most ${limits.blockedPerAccount} can be blocked.`,
        });
      }
    }
    direct?.noteBlocked(account, blocked ? ordinal : undefined);
    const place = { account: other, blocked, conversation, ordinal, seq };
    const meanwhile = before !== undefined && ordinal > before.ordinal;
    const hidden = meanwhile ? { hidden: { from: before.ordinal + 1, to: ordinal } } : {};
    return {
      kind: "account-event",
      body: { case: "blockedSet", value: create(BlockedSetSchema, { ...place, ...hidden }) },
    };
  },
};
