import { memberOf, rightsIn } from "@parley/log";
import { type Conversation, hashText } from "@parley/protocol";
import type { InviteView } from "../api/invite-view.ts";
import type { StoredInviteCode } from "../ports/client-store.ts";

export interface InviteBasis {
  readonly viewer: string;
  /** With pending changes. */
  readonly state: Conversation | undefined;
  /** As the server has it. */
  readonly stored: Conversation | undefined;
  /** Of the links that this device has made. */
  readonly codes: readonly StoredInviteCode[];
  readonly nameOf: (account: string) => string;
}

/** The links of a group, for who may make some; the newest first. */
export function inviteViews({ viewer, state, stored, codes, nameOf }: InviteBasis): readonly InviteView[] {
  const member = state && memberOf(state, viewer);
  if (state === undefined || member?.present !== true || !rightsIn(state.kind, member.role).inviteByLink) return [];
  return state.invites.toReversed().map((invite): InviteView => {
    const { id, maker, label, madeAt, expiresAt, maxUses, uses, revoked } = invite;
    const hash = hashText(invite.secretHash);
    return {
      id,
      makerName: nameOf(maker),
      mine: maker === viewer,
      label,
      madeAt,
      expiresAt,
      maxUses,
      uses,
      revoked,
      waiting: stored?.invites.some((one) => one.id === id) !== true,
      code: codes.find((one) => one.hash === hash)?.code,
    };
  });
}
