import { create } from "@bufbuild/protobuf";
import { type Conversation, ConversationSchema, type Event, type Invite, InviteSchema } from "@parley/protocol";
import { rightsIn } from "./permissions.ts";

/** Why nobody joins by a link any more; undefined while people can. By the clock that says when it ends. */
export function endOfInvite(
  { revoked, expiresAt, maxUses, uses }: Pick<Invite, "revoked" | "expiresAt" | "maxUses" | "uses">,
  now: number,
): "revoked" | "expired" | "used-up" | undefined {
  if (revoked) return "revoked";
  if (expiresAt > 0 && expiresAt <= now) return "expired";
  return maxUses > 0 && uses >= maxUses ? "used-up" : undefined;
}

/** The links that can be used at a time, by the server's clock. */
export function openInvites({ invites }: Conversation, now: number): readonly Invite[] {
  return invites.filter((invite) => endOfInvite(invite, now) === undefined);
}

/** The conversation with the link that an event has made; those that had ended by then go. */
export function withInvite(conversation: Conversation, { seq, id, author, receivedAt, body }: Event): Conversation {
  if (body.case !== "inviteMade") return conversation;
  const { $typeName: _, ...bounds } = body.value;
  const made = create(InviteSchema, { id, maker: author, madeAt: receivedAt, ...bounds });
  return create(ConversationSchema, {
    ...conversation,
    rev: seq,
    invites: [...openInvites(conversation, receivedAt), made],
  });
}

export function withoutInvite(conversation: Conversation, rev: number, id: string): Conversation {
  const changes = conversation.invites.some((invite) => invite.id === id && !invite.revoked);
  return changes
    ? withInvites(conversation, rev, (invite) => (invite.id === id ? { ...invite, revoked: true } : invite))
    : conversation;
}

/** Somebody has joined by this link. */
export function withUse(conversation: Conversation, rev: number, id: string): Conversation {
  return withInvites(conversation, rev, (invite) => (invite.id === id ? { ...invite, uses: invite.uses + 1 } : invite));
}

/** A link ends with its maker's right to make it: who is dismissed or gone keeps no way for others to come in. */
export function withoutInvitesOfOthers(conversation: Conversation): Conversation {
  const { kind, members, rev } = conversation;
  const may = (account: string) =>
    members.some((member) => member.account === account && member.present && rightsIn(kind, member.role).inviteByLink);
  if (conversation.invites.every(({ revoked, maker }) => revoked || may(maker))) return conversation;
  return withInvites(conversation, rev, (invite) => (may(invite.maker) ? invite : { ...invite, revoked: true }));
}

function withInvites(conversation: Conversation, rev: number, change: (invite: Invite) => Invite): Conversation {
  return create(ConversationSchema, { ...conversation, rev, invites: conversation.invites.map(change) });
}
