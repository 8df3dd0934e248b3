import { create } from "@bufbuild/protobuf";
import { ReactionUnsetSchema, type UnsetReaction } from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { hasReacted, validateEmoji } from "./emoji.ts";
import { requireMember } from "./membership.ts";
import { findMessage, targetNotFound, validateTarget } from "./target.ts";

export const unsetReaction: CommandHandler<UnsetReaction> = {
  authorise: requireMember,
  validate: ({ target, emoji }) => validateTarget(target) ?? validateEmoji(emoji),
  async decide(attempt, { target, emoji }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    if (!hasReacted(message, emoji, attempt.account)) return noEffect;
    return happens({ case: "reactionUnset", value: create(ReactionUnsetSchema, { target, emoji }) });
  },
};
