import { create } from "@bufbuild/protobuf";
import { limits, RejectionCode, type SetTitle, TitleSetSchema } from "@parley/protocol";
import type { Refusal } from "../ruling.ts";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";

export const setTitle: CommandHandler<SetTitle> = {
  authorise: (attempt) => requireRight(attempt, "setTitle"),
  validate: ({ title }) =>
    title === "" ? { code: RejectionCode.INVALID, reason: "title is empty." } : validateTitle(title),
  async decide(attempt, { title }) {
    const { record } = await placeOf(attempt);
    return record.title === title ? noEffect : happens({ case: "titleSet", value: create(TitleSetSchema, { title }) });
  },
};

export function validateTitle(title: string): Refusal | undefined {
  if (title.isWellFormed() && title.length <= limits.titleCharacters) return undefined;
  return { code: RejectionCode.INVALID, reason: `title has more than ${limits.titleCharacters} characters.` };
}
