import { create } from "@bufbuild/protobuf";
import { type CancelScheduled, ScheduledEndedSchema } from "@parley/protocol";
import { requireOwnAccountLog } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { targetNotFound, validateTarget } from "./target.ts";

export const cancelScheduled: CommandHandler<CancelScheduled> = {
  authorise: async (attempt) => requireOwnAccountLog(attempt),
  validate: ({ target }) => validateTarget(target),
  async decide({ account, ledger }, { target }) {
    const known = await ledger.transaction.scheduledMessage(account, target);
    if (known === undefined) return cannot(targetNotFound);
    const value = create(ScheduledEndedSchema, { target, posted: false });
    return { kind: "account-event", body: { case: "scheduledEnded", value } };
  },
};
