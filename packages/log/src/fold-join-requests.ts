import { create } from "@bufbuild/protobuf";
import {
  type Conversation,
  ConversationSchema,
  type Event,
  type JoinRequest,
  JoinRequestSchema,
} from "@parley/protocol";
import { withUse } from "./fold-invites.ts";

/** Whether this account waits to be let in. */
export function asksToJoin(
  { joinRequests }: { readonly joinRequests: readonly JoinRequest[] },
  account: string,
): boolean {
  return joinRequests.some((request) => request.account === account);
}

/** The conversation with what the event's author asks; the link that they had is used once more. */
export function withRequest(conversation: Conversation, { seq, author, receivedAt, body }: Event): Conversation {
  if (body.case !== "joinRequested" || asksToJoin(conversation, author)) return conversation;
  const { invite, inviter, userName, displayName } = body.value;
  const request = create(JoinRequestSchema, { account: author, userName, displayName, askedAt: receivedAt, inviter });
  return withUse(withRequests(conversation, seq, [...conversation.joinRequests, request]), seq, invite);
}

export function withoutRequest(conversation: Conversation, rev: number, account: string): Conversation {
  if (!asksToJoin(conversation, account)) return conversation;
  const others = conversation.joinRequests.filter((request) => request.account !== account);
  return withRequests(conversation, rev, others);
}

/** Whoever is a member, by whatever way, asks no more. */
export function withoutRequestsOfMembers(conversation: Conversation): Conversation {
  const { joinRequests, members, rev } = conversation;
  if (joinRequests.length === 0) return conversation;
  const present = new Set(members.flatMap((member) => (member.present ? [member.account] : [])));
  const left = joinRequests.filter(({ account }) => !present.has(account));
  return left.length === joinRequests.length ? conversation : withRequests(conversation, rev, left);
}

function withRequests(conversation: Conversation, rev: number, joinRequests: JoinRequest[]): Conversation {
  return create(ConversationSchema, { ...conversation, rev, joinRequests });
}
