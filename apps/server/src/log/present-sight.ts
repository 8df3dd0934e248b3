import { create } from "@bufbuild/protobuf";
import type { Intervals } from "@parley/log";
import { IntervalSchema } from "@parley/protocol";
import { inheritedIntervals } from "./inherited-sight.ts";
import type { LogSnapshot } from "./log-snapshot.ts";

/** What an account may see of a conversation that it is a member of now; of a thread, too, if it is one of its parent. */
export async function presentSight(
  snapshot: LogSnapshot,
  account: string,
  conversation: string,
): Promise<Intervals | undefined> {
  const member = await snapshot.member(conversation, account);
  if (member?.present === true) return member.intervals;
  const thread = await snapshot.conversation(conversation);
  if (thread === undefined || thread.parent === "") return undefined;
  const inParent = await snapshot.member(thread.parent, account);
  if (inParent?.present !== true) return undefined;
  const inherited = await inheritedIntervals(snapshot, thread, inParent.intervals);
  return inherited.map((interval) => create(IntervalSchema, interval));
}
