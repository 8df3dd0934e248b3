import { create } from "@bufbuild/protobuf";
import { MembersRemovedSchema, type RemoveMembers } from "@parley/protocol";
import { validateAccounts } from "./accounts.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { notAllowed, placeOf, requireRight } from "./membership.ts";

export const removeMembers: CommandHandler<RemoveMembers> = {
  authorise: (attempt) => requireRight(attempt, "removeMembers"),
  validate: ({ accounts }) => validateAccounts(accounts),
  async decide(attempt, body) {
    const { log, rights } = await placeOf(attempt);
    const named = new Set(body.accounts);
    const leaving = (await log.presentMembers()).filter((present) => named.has(present.account));
    if (leaving.some(({ role }) => !rights.removeMembers.includes(role))) {
      return cannot(notAllowed("An admin does not remove an owner."));
    }
    if (leaving.length === 0) return noEffect;
    const accounts = leaving.map((other) => other.account);
    return happens({ case: "membersRemoved", value: create(MembersRemovedSchema, { accounts }) });
  },
};
