import { create } from "@bufbuild/protobuf";
import { MessageUnpinnedSchema, type UnpinMessage } from "@parley/protocol";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";
import { validateTarget } from "./target.ts";

/** Whoever is a member knows which messages are pinned, so it needs no sight of this one. */
export const unpinMessage: CommandHandler<UnpinMessage> = {
  authorise: (attempt) => requireRight(attempt, "pinMessages"),
  validate: ({ target }) => validateTarget(target),
  async decide(attempt, { target }) {
    const { pinnedMessages } = (await placeOf(attempt)).record;
    if (!pinnedMessages.includes(target)) return noEffect;
    return happens({ case: "messageUnpinned", value: create(MessageUnpinnedSchema, { target }) });
  },
};
