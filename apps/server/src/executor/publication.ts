import { isVisible } from "@parley/log";
import type { Event } from "@parley/protocol";
import type { MemberRecord } from "../log/records.ts";

/** What leaves a transaction beside its rows. */
export interface PublicationRules {
  /** Whether some follower has work because of this event. */
  readonly followed: (event: Event) => boolean;
  /** Whether the frame of an edit may carry the new content. */
  readonly carriesEdit: (present: readonly MemberRecord[], postedSeq: number) => boolean;
}

/** Everybody who gets the frame must be allowed to see the message at all. */
export function everyMemberSees(present: readonly MemberRecord[], postedSeq: number): boolean {
  return present.every((member) => isVisible(member.intervals, postedSeq));
}
