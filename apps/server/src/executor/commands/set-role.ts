import { create } from "@bufbuild/protobuf";
import { isLastOwner, memberOf } from "@parley/log";
import { RejectionCode, Role, RoleSetSchema, type SetRole } from "@parley/protocol";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { notAllowed, placeOf, requireRight } from "./membership.ts";

const roles: readonly Role[] = [Role.OWNER, Role.ADMIN, Role.MEMBER];

export const setRole: CommandHandler<SetRole> = {
  authorise: (attempt) => requireRight(attempt, "setRole"),
  validate({ account, role }) {
    if (account === "") return { code: RejectionCode.INVALID, reason: "account is missing." };
    return roles.includes(role) ? undefined : { code: RejectionCode.INVALID, reason: "role is missing." };
  },
  async decide(attempt, { account, role }) {
    const { log, rights } = await placeOf(attempt);
    const state = await log.state();
    const member = state && memberOf(state, account);
    if (state === undefined || member?.present !== true) {
      return cannot({ code: RejectionCode.NOT_FOUND, reason: "There is no such member now." });
    }
    if (!rights.setRole.includes(member.role) || !rights.setRole.includes(role)) {
      return cannot(notAllowed("Only an owner makes owners, and changes the role of one."));
    }
    if (member.role === role) return noEffect;
    if (isLastOwner(state, account)) {
      return cannot({
        code: RejectionCode.LAST_OWNER,
        reason: "A group has always an owner: make another member one.",
      });
    }
    return happens({ case: "roleSet", value: create(RoleSetSchema, { account, role }) });
  },
};
