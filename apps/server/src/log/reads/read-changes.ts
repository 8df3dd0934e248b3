import { create } from "@bufbuild/protobuf";
import {
  type Changes,
  ChangesSchema,
  type Entry,
  type Head,
  HeadSchema,
  type Skip,
  SkipSchema,
} from "@parley/protocol";
import { conversationState } from "../conversation-state.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership, PlacedInterval, SizedEntry } from "../records.ts";
import type { Sight } from "../sight.ts";
import type { Viewpoint } from "../viewpoint.ts";

/** Beyond this a fresh start is cheaper for both sides. */
const CHANGED_ENTRIES = 500;
/** So many events are not even looked through. */
const CHANGED_EVENTS = 5_000;
const CHANGED_BYTES = 384 * 1024;

/** What brings a device from `since` to the viewer's head; undefined where only a Reset can. */
export async function readChanges(
  snapshot: LogSnapshot,
  { asSeenBy }: Sight,
  membership: Membership,
  viewpoint: Viewpoint,
  since: Head,
): Promise<Changes | undefined> {
  const { conversation, intervals, head, tag, entryHead } = viewpoint;
  if (!(await isSameHistory(snapshot, viewpoint, since))) return undefined;
  const rows = await changedRows(snapshot, viewpoint, since.seq);
  if (rows === undefined) return undefined;
  const changes = create(ChangesSchema, {
    conversation,
    from: since.seq,
    to: create(HeadSchema, { conversation, seq: head, tag }),
    entryHead,
    entries: rows.map(({ entry }) => asSeenBy(intervals, entry)).filter((entry): entry is Entry => entry !== undefined),
    skips: skipsAfter(intervals, since.seq),
  });
  const { rev } = membership.member.parting?.state ?? membership.conversation;
  if (rev > since.seq) changes.state = await readState(snapshot, membership);
  return changes;
}

/** The state as this viewer last saw it. */
export async function readState(snapshot: LogSnapshot, { conversation, member }: Membership) {
  return member.parting?.state ?? conversationState(conversation, await snapshot.members(conversation.id));
}

async function isSameHistory(snapshot: LogSnapshot, { conversation, head, tag }: Viewpoint, since: Head) {
  if (since.seq === 0 || since.seq > head) return false;
  if (since.seq === head) return since.tag === tag;
  return (await snapshot.eventTag(conversation, since.seq)) === since.tag;
}

/** Current rows that events in (since, head] made or changed; undefined if they are too many. */
async function changedRows(snapshot: LogSnapshot, { conversation, intervals, head }: Viewpoint, since: number) {
  if (head - since > CHANGED_EVENTS) return undefined;
  const ordinals = await snapshot.touched(conversation, since, head, CHANGED_ENTRIES + 1);
  if (ordinals.length > CHANGED_ENTRIES) return undefined;
  const rows: SizedEntry[] = [];
  let bytes = 0;
  for (const { from, to } of runsOf(ordinals.filter((ordinal) => isPlaced(intervals, ordinal)))) {
    for (const row of await snapshot.entries(conversation, from, to)) {
      rows.push(row);
      bytes += row.bytes;
    }
    if (bytes > CHANGED_BYTES) return undefined;
  }
  return rows;
}

function isPlaced(intervals: readonly PlacedInterval[], ordinal: number): boolean {
  return intervals.some(
    ({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && (toOrdinal === 0 || ordinal <= toOrdinal),
  );
}

/** Ascending numbers as runs of neighbours. */
function runsOf(ordinals: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const ordinal of ordinals) {
    const last = runs.at(-1);
    if (last?.to === ordinal - 1) last.to = ordinal;
    else runs.push({ from: ordinal, to: ordinal });
  }
  return runs;
}

/** The invisible stretches of the log that end after a seq. Each lies before an interval. */
function skipsAfter(intervals: readonly PlacedInterval[], since: number): Skip[] {
  const skips: Skip[] = [];
  let [seq, ordinal] = [0, 0];
  for (const interval of intervals) {
    if (interval.from > seq + 1 && interval.from - 1 > since) {
      const hidden = interval.fromOrdinal > ordinal + 1;
      const run = hidden ? { fromOrdinal: ordinal + 1, toOrdinal: interval.fromOrdinal - 1 } : {};
      skips.push(create(SkipSchema, { seq: interval.from - 1, ...run }));
    }
    [seq, ordinal] = [interval.to, interval.toOrdinal];
  }
  return skips;
}
