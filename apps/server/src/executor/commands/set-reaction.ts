import { create } from "@bufbuild/protobuf";
import {
  type Entry,
  limits,
  type Reaction,
  ReactionSetSchema,
  RejectionCode,
  type SetReaction,
} from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { hasReacted, validateEmoji } from "./emoji.ts";
import { requireMember } from "./membership.ts";
import { findMessage, isDeleted, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

export const setReaction: CommandHandler<SetReaction> = {
  authorise: requireMember,
  validate: ({ target, emoji }) => validateTarget(target) ?? validateEmoji(emoji),
  async decide(attempt, { target, emoji }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    if (isDeleted(message)) return cannot(targetDeleted);
    if (hasReacted(message, emoji, attempt.account)) return noEffect;
    if (reactionCount(message) >= limits.reactionsPerMessage) {
      return cannot({ code: RejectionCode.NOT_ALLOWED, reason: "The message has too many reactions." });
    }
    return happens({ case: "reactionSet", value: create(ReactionSetSchema, { target, emoji }) });
  },
};

function reactionCount(message: Entry): number {
  const reactions: readonly Reaction[] = message.body.case === "message" ? message.body.value.reactions : [];
  return reactions.reduce((count, reaction) => count + reaction.accounts.length, 0);
}
