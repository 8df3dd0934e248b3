import { create } from "@bufbuild/protobuf";
import { type Delete, ErasedSchema } from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { notAllowed, placeOf, requireMember } from "./membership.ts";
import { findMessage, isDeleted, targetNotFound, validateTarget } from "./target.ts";

export const deleteMessage: CommandHandler<Delete> = {
  authorise: requireMember,
  validate: ({ target }) => validateTarget(target),
  async decide(attempt, { target }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    const { rights } = await placeOf(attempt);
    if (message.author !== attempt.account && !rights.deleteOthersMessages) {
      return cannot(notAllowed("Only the author or an admin deletes a message."));
    }
    return isDeleted(message) ? noEffect : happens({ case: "erased", value: create(ErasedSchema, { target }) });
  },
};
