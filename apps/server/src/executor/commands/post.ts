import { type Post, type Posted, RejectionCode } from "@parley/protocol";
import type { Refusal } from "../ruling.ts";
import { type CommandHandler, cannot, happens } from "./command-handler.ts";
import { requireMember, requireRight } from "./membership.ts";
import { keptEnvelope, validateMessage } from "./message-body.ts";

/** In a direct conversation: nobody writes to whom they do not want to hear. */
export const personBlocked: Refusal = {
  code: RejectionCode.PERSON_BLOCKED,
  reason: "The sender blocks the other member.",
};

export const post: CommandHandler<Post> = {
  authorise: (attempt, { envelope }) =>
    envelope?.everyone ? requireRight(attempt, "mentionEveryone") : requireMember(attempt),
  validate: ({ envelope, content }) => validateMessage(envelope, content),
  async decide({ account, command, ledger }, { envelope, content }) {
    const member = await (await ledger.log(command.log))?.member(account);
    if (member?.blockedAfter !== undefined) return cannot(personBlocked);
    const value: Posted = { $typeName: "parley.v1.Posted" };
    if (envelope !== undefined) value.envelope = keptEnvelope(envelope);
    if (content !== undefined) value.content = content;
    return happens({ case: "posted", value });
  },
};
