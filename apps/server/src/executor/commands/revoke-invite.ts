import { create } from "@bufbuild/protobuf";
import { endOfInvite } from "@parley/log";
import { InviteRevokedSchema, type RevokeInvite } from "@parley/protocol";
import { type CommandHandler, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";
import { validateTarget } from "./target.ts";

export const revokeInvite: CommandHandler<RevokeInvite> = {
  authorise: (attempt) => requireRight(attempt, "inviteByLink"),
  validate: ({ invite }) => validateTarget(invite),
  async decide(attempt, { invite }) {
    const known = (await placeOf(attempt)).record.invites.find(({ id }) => id === invite);
    if (known === undefined || endOfInvite(known, attempt.receivedAt) !== undefined) return noEffect;
    return happens({ case: "inviteRevoked", value: create(InviteRevokedSchema, { invite }) });
  },
};
