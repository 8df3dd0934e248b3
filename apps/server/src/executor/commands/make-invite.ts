import { create } from "@bufbuild/protobuf";
import { openInvites } from "@parley/log";
import { InviteMadeSchema, isSameHash, limits, type MakeInvite, RejectionCode } from "@parley/protocol";
import type { Refusal } from "../ruling.ts";
import { type CommandHandler, cannot, happens } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";

const HASH_BYTES = 32;

export const makeInvite: CommandHandler<MakeInvite> = {
  authorise: (attempt) => requireRight(attempt, "inviteByLink"),
  validate({ secretHash, label, lifetimeMs }) {
    if (secretHash.length !== HASH_BYTES) return invalid(`secret_hash has ${HASH_BYTES} bytes.`);
    if (!label.isWellFormed() || label.length > limits.inviteLabelCharacters) {
      return invalid(`label has more than ${limits.inviteLabelCharacters} characters.`);
    }
    const lasts = Number.isInteger(lifetimeMs) && lifetimeMs >= 0 && lifetimeMs <= limits.inviteLifetimeMs;
    return lasts ? undefined : invalid(`lifetime_ms lies between 0 and ${limits.inviteLifetimeMs}.`);
  },
  async decide(attempt, { secretHash, label, lifetimeMs, maxUses, needsApproval }) {
    const state = await (await placeOf(attempt)).log.state();
    if (state === undefined) throw new Error("The group has no state.");
    // Of two links with one secret nobody could tell by which somebody came.
    if (state.invites.some((invite) => isSameHash(invite.secretHash, secretHash))) {
      return cannot(invalid("The group has a link with this secret."));
    }
    if (openInvites(state, attempt.receivedAt).length >= limits.invitesPerGroup) {
      const reason = `A group has at most ${limits.invitesPerGroup} links.`;
      return cannot({ code: RejectionCode.INVITES_FULL, reason });
    }
    const expiresAt = lifetimeMs === 0 ? 0 : attempt.receivedAt + lifetimeMs;
    return happens({
      case: "inviteMade",
      value: create(InviteMadeSchema, { secretHash, label, expiresAt, maxUses, needsApproval }),
    });
  },
};

function invalid(reason: string): Refusal {
  return { code: RejectionCode.INVALID, reason };
}
