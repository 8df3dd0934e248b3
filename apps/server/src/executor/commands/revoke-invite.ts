import { create } from "@bufbuild/protobuf";
import { InviteRevokedSchema, type RevokeInvite } from "@parley/protocol";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";
import { validateTarget } from "./target.ts";

export const revokeInvite: CommandHandler<RevokeInvite> = {
  authorise: (attempt) => requireRight(attempt, "inviteByLink"),
  validate: ({ invite }) => validateTarget(invite),
  async decide(attempt, { invite }) {
    const { invites } = (await placeOf(attempt)).record;
    if (!invites.some(({ id, revoked }) => id === invite && !revoked)) return noEffect;
    return happens({ case: "inviteRevoked", value: create(InviteRevokedSchema, { invite }) });
  },
};
