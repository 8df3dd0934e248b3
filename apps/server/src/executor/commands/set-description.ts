import { create } from "@bufbuild/protobuf";
import { DescriptionSetSchema, limits, RejectionCode, type SetDescription } from "@parley/protocol";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";

export const setDescription: CommandHandler<SetDescription> = {
  authorise: (attempt) => requireRight(attempt, "setDescription"),
  validate({ description }) {
    if (description.isWellFormed() && description.length <= limits.descriptionCharacters) return undefined;
    const reason = `description has more than ${limits.descriptionCharacters} characters.`;
    return { code: RejectionCode.INVALID, reason };
  },
  async decide(attempt, { description }) {
    const { record } = await placeOf(attempt);
    if (record.description === description) return noEffect;
    return happens({ case: "descriptionSet", value: create(DescriptionSetSchema, { description }) });
  },
};
