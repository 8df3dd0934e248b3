import { type Marks, mergeMarks, noMarks } from "@parley/log";

/** A member's marks, and how far others are told that it has read. */
export interface MemberMarks extends Marks {
  readonly shown: number;
}

/** Whose they are, too. */
export interface AccountMarks extends MemberMarks {
  readonly account: string;
}

export const noMemberMarks: MemberMarks = { ...noMarks, shown: 0 };

export function mergeMemberMarks(one: MemberMarks, other: MemberMarks): MemberMarks {
  return { ...mergeMarks(one, other), shown: Math.max(one.shown, other.shown) };
}

/**
 * A member's marks as somebody else is told them.
 *
 * @param blind the other hides what was read, and so is not told of it either
 */
export function marksTold({ delivered, shown }: Omit<MemberMarks, "read">, blind: boolean): Marks {
  return { delivered, read: blind ? 0 : shown };
}
