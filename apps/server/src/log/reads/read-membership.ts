import { Role } from "@parley/protocol";
import { inheritedIntervals, placedInThread } from "../inherited-sight.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import { noMemberMarks } from "../member-marks.ts";
import type { Membership } from "../records.ts";

/**
 * What a viewer is in a conversation, to read it. A thread is read by whoever is a member of its parent; who follows it, or did when the parent was left, has
 * a row there.
 */
export async function readMembership(
  snapshot: LogSnapshot,
  viewer: string,
  conversation: string,
): Promise<Membership | undefined> {
  const own = await snapshot.membership(viewer, conversation);
  if (own?.member.present === true) return own;
  const thread = own?.conversation ?? (await snapshot.conversation(conversation));
  if (thread === undefined || thread.parent === "") return own;
  const inParent = await snapshot.member(thread.parent, viewer);
  if (inParent?.present !== true) return own;
  const inherited = await inheritedIntervals(snapshot, thread, inParent.intervals);
  const intervals = await placedInThread(snapshot, conversation, inherited);
  const member = { account: viewer, role: Role.MEMBER, present: false, rev: 0, intervals, parting: undefined };
  const { delivered, read, shown } = own ?? noMemberMarks;
  return { conversation: thread, member, delivered, read, shown };
}
