import { create } from "@bufbuild/protobuf";
import { limits, RejectionCode, ReminderSetSchema, type SetReminder } from "@parley/protocol";
import { presentSight } from "../../log/present-sight.ts";
import { noAccountEffect, requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { validateTime } from "./scheduled.ts";
import { findMessageIn, isDeleted, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

/** Until a reminder ends it is set for one time; of a message that one may not see any more there is none. */
export const setReminder: CommandHandler<SetReminder> = {
  async authorise(attempt, { conversation }) {
    const refusal = await requireOwnAcquaintance(attempt, conversation);
    if (refusal !== undefined) return refusal;
    const { account, ledger } = attempt;
    if ((await presentSight(ledger.transaction, account, conversation)) !== undefined) return undefined;
    return { code: RejectionCode.NOT_MEMBER, reason: "The sender is no longer a member." };
  },
  validate: ({ message, at }, { receivedAt }) => validateTarget(message) ?? validateTime(at, receivedAt),
  async decide(attempt, { conversation, message, at }) {
    const { account, ledger } = attempt;
    const before = (await ledger.transaction.reminder(account, { conversation, message }))?.reminder;
    if (before !== undefined && !before.due && before.at === at) return noAccountEffect;
    const entry = await findMessageIn(attempt, conversation, message);
    if (entry === undefined) return cannot(targetNotFound);
    if (isDeleted(entry)) return cannot(targetDeleted);
    if (before === undefined && (await ledger.transaction.reminderCount(account)) >= limits.remindersPerAccount) {
      return cannot({
        code: RejectionCode.REMINDERS_FULL,
        reason: `At most ${limits.remindersPerAccount} reminders can be set.`,
      });
    }
    const { parent = "", root = "" } = (await ledger.log(conversation))?.record ?? {};
    const value = create(ReminderSetSchema, { conversation, message, at, ordinal: entry.ordinal, parent, root });
    return { kind: "account-event", body: { case: "reminderSet", value } };
  },
};
