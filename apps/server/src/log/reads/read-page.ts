import { create } from "@bufbuild/protobuf";
import { type Entry, limits, type Page, type PageRequest, PageSchema } from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { SizedEntry } from "../records.ts";
import { type Segment, segmentsOf, skipOf, takeAfter, takeBefore } from "../segments.ts";
import type { Sight } from "../sight.ts";
import type { Viewpoint } from "../viewpoint.ts";

/** Pages end early rather than outgrow a frame. */
const PAGE_BYTES = 256 * 1024;

type Wanted = Pick<PageRequest, "cursor" | "limit">;

/** A run of the viewer's ordinals; what it may not see is skipped and does not count towards the limit. */
export async function readPage(
  snapshot: LogSnapshot,
  { asSeenBy }: Sight,
  viewpoint: Viewpoint,
  wanted: Wanted,
): Promise<Page> {
  const { conversation, intervals, head, entryHead } = viewpoint;
  const segments = choose(segmentsOf(intervals, entryHead, head), wanted);
  const rows: SizedEntry[] = [];
  for (const { from, to, visible } of segments) {
    if (visible) rows.push(...(await snapshot.entries(conversation, from, to)));
  }
  const [first, last] = withinBudget(rows, pivotOf(rows, wanted));
  const from = first === 0 ? segments.at(0)?.from : rows[first]?.entry.ordinal;
  const to = last === rows.length - 1 ? segments.at(-1)?.to : rows[last]?.entry.ordinal;
  const run = { from: from ?? 0, to: to ?? 0 };
  return create(PageSchema, {
    conversation,
    asOf: head,
    fromOrdinal: run.from,
    toOrdinal: run.to,
    entries: rows
      .slice(first, last + 1)
      .map(({ entry }) => asSeenBy(intervals, entry))
      .filter((entry): entry is Entry => entry !== undefined),
    skips: segments.filter((one) => !one.visible && one.from >= run.from && one.to <= run.to).map(skipOf),
    entryHead,
  });
}

function choose(segments: readonly Segment[], { cursor, limit }: Wanted): Segment[] {
  const count = Math.min(Math.max(limit, 1), limits.pageEntries);
  switch (cursor.case) {
    case "before":
      return takeBefore(segments, cursor.value, count);
    case "after":
      return takeAfter(segments, cursor.value, count);
    case "around": {
      const half = Math.floor(count / 2);
      const older = takeBefore(segments, cursor.value, half);
      return joined(older, takeAfter(segments, cursor.value - 1, count - half));
    }
    default:
      return takeBefore(segments, Number.POSITIVE_INFINITY, count);
  }
}

/** A segment that was cut in two becomes one again. */
function joined(older: readonly Segment[], newer: readonly Segment[]): Segment[] {
  const [end, start] = [older.at(-1), newer.at(0)];
  if (end === undefined || start === undefined || end.visible !== start.visible) return [...older, ...newer];
  return [...older.slice(0, -1), { ...start, from: end.from }, ...newer.slice(1)];
}

/** The row that a page must keep: nearest to what was asked for. */
function pivotOf(rows: readonly SizedEntry[], { cursor }: Wanted): number {
  if (cursor.case === "after") return 0;
  const { case: kind, value } = cursor;
  const asked = kind === "around" ? rows.findIndex(({ entry }) => entry.ordinal >= value) : -1;
  return asked < 0 ? rows.length - 1 : asked;
}

/** The largest run of rows around the pivot that fits, as the indexes of its ends. At least the pivot itself. */
function withinBudget(rows: readonly SizedEntry[], pivot: number): readonly [number, number] {
  let [first, last] = [Math.max(pivot, 0), pivot];
  let left = PAGE_BYTES - (rows[pivot]?.bytes ?? 0);
  for (;;) {
    const older = rows[first - 1]?.bytes ?? Number.POSITIVE_INFINITY;
    const newer = rows[last + 1]?.bytes ?? Number.POSITIVE_INFINITY;
    if (Math.min(older, newer) > left) return [first, last];
    if (older <= left) {
      first--;
      left -= older;
    }
    if (newer <= left) {
      last++;
      left -= newer;
    }
  }
}
