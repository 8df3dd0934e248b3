import { create } from "@bufbuild/protobuf";
import { ConversationKind, type Delete, ErasedSchema, RejectionCode, Role } from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireMember } from "./membership.ts";
import { findMessage, isDeleted, targetNotFound, validateTarget } from "./target.ts";

export const deleteMessage: CommandHandler<Delete> = {
  authorise: requireMember,
  validate: ({ target }) => validateTarget(target),
  async decide(attempt, { target }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    const { record, member } = await placeOf(attempt);
    const moderates = record.kind === ConversationKind.GROUP && member.role !== Role.MEMBER;
    if (message.author !== attempt.account && !moderates) {
      return cannot({ code: RejectionCode.NOT_ALLOWED, reason: "Only the author or an admin deletes a message." });
    }
    return isDeleted(message) ? noEffect : happens({ case: "erased", value: create(ErasedSchema, { target }) });
  },
};
