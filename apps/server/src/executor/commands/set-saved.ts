import { create } from "@bufbuild/protobuf";
import { limits, RejectionCode, SavedSetSchema, type SetSaved } from "@parley/protocol";
import { noAccountEffect, requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { findMessageIn, isDeleted, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

/** What was saved stays so whatever becomes of the message, until its owner wants it no more. */
export const setSaved: CommandHandler<SetSaved> = {
  authorise: (attempt, { conversation }) => requireOwnAcquaintance(attempt, conversation),
  validate: ({ message }) => validateTarget(message),
  async decide(attempt, { conversation, message, saved }) {
    const { account, ledger } = attempt;
    const before = await ledger.transaction.savedOrdinal(account, conversation, message);
    if ((before !== undefined) === saved) return noAccountEffect;
    const { parent = "", root = "" } = (await ledger.log(conversation))?.record ?? {};
    const happens = (ordinal: number) => {
      const value = create(SavedSetSchema, { conversation, message, saved, ordinal, parent, root });
      return { kind: "account-event", body: { case: "savedSet", value } } as const;
    };
    if (before !== undefined) return happens(before);
    const entry = await findMessageIn(attempt, conversation, message);
    if (entry === undefined) return cannot(targetNotFound);
    if (isDeleted(entry)) return cannot(targetDeleted);
    if ((await ledger.transaction.savedCount(account)) >= limits.savedPerAccount) {
      return cannot({ code: RejectionCode.SAVED_FULL, reason: `At most ${limits.savedPerAccount} can be saved.` });
    }
    return happens(entry.ordinal);
  },
};
