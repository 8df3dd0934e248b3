import { create } from "@bufbuild/protobuf";
import { type Entry, EntrySchema, type Interval, MessageSchema, WithheldSchema } from "@parley/protocol";

/**
 * What a member may see of a log: ascending, disjoint intervals of seqs, both ends included; `to` is 0 while one is
 * still open. Intervals are closed and appended, never widened.
 */
export type Intervals = readonly Interval[];

export function isVisible(intervals: Intervals, seq: number): boolean {
  return intervals.some((interval) => seq >= interval.from && (interval.to === 0 || seq <= interval.to));
}

/** The viewer's head: the log's while an interval is open, else the end of the last one, 0 without any. */
export function viewerHead(intervals: Intervals, head: number): number {
  const last = intervals.at(-1);
  if (last === undefined) return 0;
  return last.to === 0 ? head : Math.min(last.to, head);
}

/**
 * An entry as a viewer may see it: undefined if it was made out of sight; its content withheld if the content it has now came while
 * the viewer was away. Reactions and deletion follow facts of their own and stay.
 */
export function asSeenBy(intervals: Intervals, entry: Entry): Entry | undefined {
  if (!isVisible(intervals, entry.seq)) return undefined;
  if (entry.body.case !== "message" || entry.body.value.state.case !== "content") return entry;
  if (isVisible(intervals, entry.contentRev)) return entry;
  const message = create(MessageSchema, {
    ...entry.body.value,
    state: { case: "withheld", value: create(WithheldSchema) },
  });
  return create(EntrySchema, { ...entry, body: { case: "message", value: message } });
}

/** Adds an interval that begins at `seq`. */
export function openInterval(intervals: Intervals, seq: number): Interval[] {
  return [...intervals, { $typeName: "parley.v1.Interval", from: seq, to: 0 }];
}

/** Ends the open interval at `seq`, included. */
export function closeInterval(intervals: Intervals, seq: number): Interval[] {
  return intervals.map((interval) => (interval.to === 0 ? { ...interval, to: seq } : interval));
}
