import { create } from "@bufbuild/protobuf";
import { asksToJoin, endOfInvite } from "@parley/log";
import {
  hashOfSecret,
  type InviteRequest,
  type InviteResponse,
  InviteResponseSchema,
  InviteStanding,
  isSameHash,
  limits,
} from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";

const standings = {
  expired: InviteStanding.EXPIRED,
  "used-up": InviteStanding.USED_UP,
  revoked: InviteStanding.REVOKED,
} as const;

/** What a link leads to; undefined where there is no such group, or it has no such link: the two are not told apart. */
export async function readInvite(
  snapshot: LogSnapshot,
  viewer: string,
  { conversation, secret }: InviteRequest,
  now: number,
): Promise<InviteResponse | undefined> {
  const record = await snapshot.conversation(conversation);
  if (record === undefined || record.invites.length === 0) return undefined;
  const hash = hashOfSecret(secret);
  const invite = record.invites.find(({ secretHash }) => isSameHash(secretHash, hash));
  if (invite === undefined) return undefined;
  const present = await snapshot.presentMembers(conversation);
  const isMember = present.includes(viewer);
  // Another link may let in at once who waits to be let in by one.
  const asks = invite.needsApproval && asksToJoin(record, viewer);
  const end = isMember || asks ? undefined : endOfInvite(invite, now);
  // Who cannot come in any more learns nothing of the group.
  if (end !== undefined) return create(InviteResponseSchema, { standing: standings[end] });
  const inviter = await snapshot.profile(invite.maker);
  return create(InviteResponseSchema, {
    standing: isMember ? InviteStanding.MEMBER : asks ? InviteStanding.WAITING : roomFor(present.length + 1),
    title: record.title,
    members: present.length,
    needsApproval: invite.needsApproval,
    ...(inviter && { inviter }),
  });
}

function roomFor(members: number): InviteStanding {
  return members > limits.membersPerGroup ? InviteStanding.FULL : InviteStanding.OPEN;
}
