import { create } from "@bufbuild/protobuf";
import { type Edit, EditedSchema, type Entry, RejectionCode } from "@parley/protocol";
import { type CommandHandler, cannot, happens } from "./command-handler.ts";
import { requireMember, requireRight } from "./membership.ts";
import { keptEnvelope, validateMessage } from "./message-body.ts";
import { findMessage, isDeleted, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

export const edit: CommandHandler<Edit> = {
  authorise: requireMember,
  validate: ({ target, envelope, content }) => validateTarget(target) ?? validateMessage(envelope, content),
  async decide(attempt, { target, envelope, content }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    if (message.author !== attempt.account) {
      return cannot({ code: RejectionCode.NOT_ALLOWED, reason: "Only the author edits a message." });
    }
    if (isDeleted(message)) return cannot(targetDeleted);
    if (attempt.receivedAt - message.receivedAt >= attempt.ledger.edits.withinMs) {
      return cannot({ code: RejectionCode.EDIT_TOO_LATE, reason: "The message is too old to be edited." });
    }
    if (envelope?.everyone && !mentionsEveryone(message)) {
      const refusal = await requireRight(attempt, "mentionEveryone");
      if (refusal !== undefined) return cannot(refusal);
    }
    const value = create(EditedSchema, { target });
    if (envelope !== undefined) value.envelope = keptEnvelope(envelope);
    if (content !== undefined) value.content = content;
    return happens({ case: "edited", value });
  },
};

/** Whoever might do so when it was written may go on correcting it. */
function mentionsEveryone({ body }: Entry): boolean {
  return body.case === "message" && body.value.envelope?.everyone === true;
}
