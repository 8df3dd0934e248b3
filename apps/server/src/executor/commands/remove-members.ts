import { create } from "@bufbuild/protobuf";
import { MembersRemovedSchema, RejectionCode, type RemoveMembers, Role } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { validateAccounts } from "./accounts.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireGroupMember } from "./membership.ts";

export const removeMembers: CommandHandler<RemoveMembers> = {
  authorise: requireModerator,
  validate: ({ accounts }) => validateAccounts(accounts),
  async decide(attempt, body) {
    const { log, member } = await placeOf(attempt);
    const named = new Set(body.accounts);
    const leaving = (await log.presentMembers()).filter((present) => named.has(present.account));
    if (member.role !== Role.OWNER && leaving.some((other) => other.role === Role.OWNER)) {
      return cannot({ code: RejectionCode.NOT_ALLOWED, reason: "An admin does not remove an owner." });
    }
    if (leaving.length === 0) return noEffect;
    const accounts = leaving.map((other) => other.account);
    return happens({ case: "membersRemoved", value: create(MembersRemovedSchema, { accounts }) });
  },
};

async function requireModerator(attempt: Attempt): Promise<Refusal | undefined> {
  const refusal = await requireGroupMember(attempt);
  if (refusal !== undefined) return refusal;
  const { member } = await placeOf(attempt);
  if (member.role !== Role.MEMBER) return undefined;
  return { code: RejectionCode.NOT_ALLOWED, reason: "Only an owner or admin removes members." };
}
