import type { ChangeScheduled } from "@parley/protocol";
import { requireOwnAccountLog } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { validateMessage } from "./message-body.ts";
import { schedule, validateTime } from "./scheduled.ts";
import { targetNotFound, validateTarget } from "./target.ts";

export const changeScheduled: CommandHandler<ChangeScheduled> = {
  authorise: async (attempt) => requireOwnAccountLog(attempt),
  validate: ({ target, at, envelope, content }, { receivedAt }) =>
    validateTarget(target) ?? validateTime(at, receivedAt) ?? validateMessage(envelope, content),
  async decide(attempt, { target, ...plan }) {
    const { account, ledger } = attempt;
    const before = (await ledger.transaction.scheduledMessage(account, target))?.message;
    return before === undefined ? cannot(targetNotFound) : schedule(attempt, before, plan, before);
  },
};
