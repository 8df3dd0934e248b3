import type { OrdinalSpan, RoomMember } from "../log/log-reader.ts";
import type { MemberMarks } from "../log/member-marks.ts";
import type { Person } from "./person.ts";

/** A member's place in a room; former members keep theirs. There are many of them: they must stay small. */
export class Seat implements MemberMarks {
  readonly person: Person;
  present: boolean;
  /** The ordinals that it may see; undefined after it came or went, until the room is read again. */
  spans: readonly OrdinalSpan[] | undefined;
  delivered: number;
  read: number;
  shown: number;
  /** Ordinal of its newest message; undefined while that is not known. */
  newest: number | undefined;
  /** What was unread when it was counted last, and the room's head at that time; 0 if it was not counted. */
  unread = 0;
  /** Those among the unread that mention it. */
  mentions = 0;
  countedAt = 0;

  constructor(
    person: Person,
    { present, spans, delivered, read, shown }: Omit<RoomMember, "account" | "spans"> & Pick<Seat, "spans">,
  ) {
    this.person = person;
    this.present = present;
    this.spans = spans;
    this.delivered = delivered;
    this.read = read;
    this.shown = shown;
    this.newest = undefined;
  }

  /** In place: whoever comes back after a restart has this done for every seat around. */
  mergeMarks({ delivered, read, shown }: MemberMarks): void {
    if (read > this.read) this.countedAt = 0;
    this.delivered = Math.max(this.delivered, delivered);
    this.read = Math.max(this.read, read);
    this.shown = Math.max(this.shown, shown);
  }
}
