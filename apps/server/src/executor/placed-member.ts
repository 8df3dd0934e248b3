import type { Conversation, Event, Member } from "@parley/protocol";
import type { MemberRecord, PlacedInterval } from "../log/records.ts";

/**
 * A member as the fold of `event` left it, for the store. Where an interval begins or ends with the event, so do the ordinals: the event made
 * an entry. An interval that begins earlier is open history, from the first entry on.
 */
export function placedMember(
  before: MemberRecord | undefined,
  member: Member,
  event: Event,
  after: Conversation,
): MemberRecord {
  const { account, role, present, rev } = member;
  const intervals = member.intervals.map((interval): PlacedInterval => {
    const former = before?.intervals.find((other) => other.from === interval.from);
    const fromOrdinal = former?.fromOrdinal ?? (interval.from === event.seq ? event.ordinal : 1);
    const toOrdinal = interval.to === event.seq ? event.ordinal : (former?.toOrdinal ?? 0);
    return { ...interval, fromOrdinal, toOrdinal };
  });
  const parting = present ? undefined : { tag: event.tag, at: event.receivedAt, state: after };
  return { account, role, present, rev, intervals, parting };
}
