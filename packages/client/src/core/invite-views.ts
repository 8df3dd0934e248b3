import { memberOf, rightsIn } from "@parley/log";
import { type Conversation, hashText } from "@parley/protocol";
import type { InviteView, JoinRequestView } from "../api/invite-view.ts";
import type { StoredInviteCode } from "../ports/client-store.ts";

export interface InviteBasis {
  readonly viewer: string;
  /** With pending changes. */
  readonly state: Conversation | undefined;
  /** As the server has it. */
  readonly stored: Conversation | undefined;
  /** Of the links that this device has made. */
  readonly codes: readonly StoredInviteCode[];
  /** By the device's clock, what the server's says. */
  readonly onDevice: (at: number) => number;
  readonly nameOf: (account: string) => string;
}

/** Who waits to be let in, for who may decide; in the order in which they asked. */
export function joinRequestViews({
  viewer,
  state,
  nameOf,
}: Pick<InviteBasis, "viewer" | "state" | "nameOf">): readonly JoinRequestView[] {
  if (state === undefined || !mayInvite(state, viewer)) return [];
  return state.joinRequests.map(({ account, userName, displayName, askedAt, inviter }) => ({
    account,
    userName,
    displayName: displayName || userName,
    askedAt,
    inviterName: nameOf(inviter),
  }));
}

export function mayInvite(state: Conversation, viewer: string): boolean {
  const member = memberOf(state, viewer);
  return member?.present === true && rightsIn(state.kind, member.role).inviteByLink;
}

/** The links of a group, for who may make some; the newest first. */
export function inviteViews({ viewer, state, stored, codes, onDevice, nameOf }: InviteBasis): readonly InviteView[] {
  if (state === undefined || !mayInvite(state, viewer)) return [];
  return state.invites.toReversed().map((invite): InviteView => {
    const { id, maker, label, madeAt, expiresAt, maxUses, uses, revoked, needsApproval } = invite;
    const hash = hashText(invite.secretHash);
    return {
      id,
      makerName: nameOf(maker),
      mine: maker === viewer,
      label,
      madeAt,
      expiresAt: expiresAt === 0 ? 0 : onDevice(expiresAt),
      maxUses,
      uses,
      needsApproval,
      revoked,
      waiting: stored?.invites.find((one) => one.id === id)?.revoked !== revoked,
      code: codes.find((one) => one.hash === hash)?.code,
    };
  });
}
