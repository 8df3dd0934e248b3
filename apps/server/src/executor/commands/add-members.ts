import { create } from "@bufbuild/protobuf";
import { type AddMembers, limits, MembersAddedSchema } from "@parley/protocol";
import { requireAccounts, thoseToBring, validateAccounts } from "./accounts.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { membersFull, placeOf, requireRight } from "./membership.ts";

export const addMembers: CommandHandler<AddMembers> = {
  authorise: (attempt) => requireRight(attempt, "addMembers"),
  validate: ({ accounts }) => validateAccounts(accounts),
  async decide(attempt, body) {
    const { log } = await placeOf(attempt);
    const present = new Set((await log.presentMembers()).map((member) => member.account));
    const absent = [...new Set(body.accounts)].filter((account) => !present.has(account));
    const unknown = await requireAccounts(attempt.ledger.transaction, absent);
    if (unknown !== undefined) return cannot(unknown);
    const accounts = [...(await thoseToBring(attempt, absent))];
    if (present.size + accounts.length > limits.membersPerGroup) return cannot(membersFull);
    if (accounts.length === 0) return noEffect;
    return happens({ case: "membersAdded", value: create(MembersAddedSchema, { accounts }) });
  },
};
