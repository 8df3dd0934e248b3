import { create } from "@bufbuild/protobuf";
import {
  type Entry,
  limits,
  type Reaction,
  ReactionSetSchema,
  RejectionCode,
  type SetReaction,
} from "@parley/protocol";
import type { Refusal } from "../ruling.ts";
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
    const full = fullFor(reactionsOf(message), emoji, attempt.account);
    if (full !== undefined) return cannot(full);
    return happens({ case: "reactionSet", value: create(ReactionSetSchema, { target, emoji }) });
  },
};

/** Why there is no room for one more reaction; undefined where there is. */
function fullFor(reactions: readonly Reaction[], emoji: string, account: string): Refusal | undefined {
  const all = reactions.reduce((count, { accounts }) => count + accounts.length, 0);
  const isNew = !reactions.some((reaction) => reaction.emoji === emoji);
  if (all >= limits.reactionsPerMessage || (isNew && reactions.length >= limits.emojisPerMessage)) return messageFull;
  const own = reactions.filter(({ accounts }) => accounts.includes(account)).length;
  return own >= limits.reactionsPerMember ? memberFull : undefined;
}

const messageFull: Refusal = { code: RejectionCode.REACTIONS_FULL, reason: "The message has too many reactions." };

const memberFull: Refusal = {
  code: RejectionCode.OWN_REACTIONS_FULL,
  reason: "The sender has too many reactions on the message.",
};

function reactionsOf({ body }: Entry): readonly Reaction[] {
  return body.case === "message" ? body.value.reactions : [];
}
