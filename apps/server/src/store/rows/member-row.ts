import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { ConversationSchema } from "@parley/protocol";
import type { OrdinalSpan, RoomMember } from "../../log/log-reader.ts";
import { type MemberMarks, noMemberMarks } from "../../log/member-marks.ts";
import type { MemberRecord, Parting, PlacedInterval } from "../../log/records.ts";
import type { MembersTable } from "../tables.ts";

export function memberRow(conversation: string, member: MemberRecord): MembersTable {
  const { parting } = member;
  return {
    conversation,
    account: member.account,
    role: member.role,
    present: member.present ? 1 : 0,
    rev: member.rev,
    intervals: writeIntervals(member.intervals),
    parted_tag: parting?.tag ?? 0,
    parted_at: parting?.at ?? 0,
    parted_state: parting === undefined ? null : toBinary(ConversationSchema, parting.state),
    blocked_after: member.blockedAfter ?? null,
  };
}

export function memberRecord(row: Omit<MembersTable, "conversation">): MemberRecord {
  return {
    account: row.account,
    role: row.role,
    present: row.present === 1,
    rev: row.rev,
    intervals: readIntervals(row.intervals),
    parting: partingOf(row),
    blockedAfter: row.blocked_after ?? undefined,
  };
}

export function roomMember(
  { account, present, intervals }: Pick<MembersTable, "account" | "present" | "intervals">,
  marks: MemberMarks | undefined,
): RoomMember {
  const { delivered, read, shown } = marks ?? noMemberMarks;
  return { account, present: present === 1, spans: readSpans(intervals), delivered, read, shown };
}

/** Of most members it is the same; then it is the same object, so that thousands of them take no room. */
export const everything: readonly OrdinalSpan[] = [{ from: 1, to: 0, fromOrdinal: 1, toOrdinal: 0 }];
const EVERYTHING = "[[1,0,1,0]]";

function readSpans(text: string): readonly OrdinalSpan[] {
  if (text === EVERYTHING) return everything;
  return readIntervals(text).map(({ from, to, fromOrdinal, toOrdinal }) => ({ from, to, fromOrdinal, toOrdinal }));
}

function partingOf(row: Omit<MembersTable, "conversation">): Parting | undefined {
  if (row.parted_state === null) return undefined;
  return { tag: row.parted_tag, at: row.parted_at, state: fromBinary(ConversationSchema, row.parted_state) };
}

function writeIntervals(intervals: readonly PlacedInterval[]): string {
  return JSON.stringify(intervals.map(({ from, to, fromOrdinal, toOrdinal }) => [from, to, fromOrdinal, toOrdinal]));
}

function readIntervals(text: string): PlacedInterval[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error("A member row does not hold a list of intervals.");
  return rows.map(([from, to, fromOrdinal, toOrdinal]: number[]) => ({
    $typeName: "parley.v1.Interval",
    from: from ?? 0,
    to: to ?? 0,
    fromOrdinal: fromOrdinal ?? 0,
    toOrdinal: toOrdinal ?? 0,
  }));
}
