import { create } from "@bufbuild/protobuf";
import { limits, MessagePinnedSchema, type PinMessage, RejectionCode } from "@parley/protocol";
import { makesRequest, requestWaits } from "../message-requests.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";
import { findMessage, isDeleted, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

export const pinMessage: CommandHandler<PinMessage> = {
  authorise: (attempt) => requireRight(attempt, "pinMessages"),
  validate: ({ target }) => validateTarget(target),
  async decide(attempt, { target }) {
    const message = await findMessage(attempt, target);
    if (message === undefined) return cannot(targetNotFound);
    if (isDeleted(message)) return cannot(targetDeleted);
    const { record } = await placeOf(attempt);
    if (await makesRequest(attempt, record)) return cannot(requestWaits);
    const { pinnedMessages } = record;
    if (pinnedMessages.includes(target)) return noEffect;
    if (pinnedMessages.length >= limits.pinnedMessagesPerConversation) {
      const reason = `At most ${limits.pinnedMessagesPerConversation} messages can be pinned.`;
      return cannot({ code: RejectionCode.PINNED_MESSAGES_FULL, reason });
    }
    return happens({ case: "messagePinned", value: create(MessagePinnedSchema, { target }) });
  },
};
