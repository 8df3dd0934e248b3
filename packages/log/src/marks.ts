/** Marks say "up to here" by ordinal: delivered (a device has stored it) and read (a person has seen it). Read implies delivered. */
export interface Marks {
  readonly delivered: number;
  readonly read: number;
}

export const noMarks: Marks = { delivered: 0, read: 0 };

/** Merges by maximum: commutative, associative, idempotent. */
export function mergeMarks(one: Marks, other: Marks): Marks {
  const read = Math.max(one.read, other.read);
  return { delivered: Math.max(one.delivered, other.delivered, read), read };
}

/** No mark may point beyond the newest entry that its owner may see. */
export function clampMarks(marks: Marks, entryHead: number): Marks {
  const read = Math.min(marks.read, entryHead);
  return { delivered: Math.max(read, Math.min(marks.delivered, entryHead)), read };
}
