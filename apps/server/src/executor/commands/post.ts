import type { Post, Posted } from "@parley/protocol";
import { type CommandHandler, happens } from "./command-handler.ts";
import { requireMember, requireRight } from "./membership.ts";
import { keptEnvelope, validateMessage } from "./message-body.ts";

export const post: CommandHandler<Post> = {
  authorise: (attempt, { envelope }) =>
    envelope?.everyone ? requireRight(attempt, "mentionEveryone") : requireMember(attempt),
  validate: ({ envelope, content }) => validateMessage(envelope, content),
  async decide(_, { envelope, content }) {
    const value: Posted = { $typeName: "parley.v1.Posted" };
    if (envelope !== undefined) value.envelope = keptEnvelope(envelope);
    if (content !== undefined) value.content = content;
    return happens({ case: "posted", value });
  },
};
