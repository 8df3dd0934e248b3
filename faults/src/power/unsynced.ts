import type { SystemCall } from "../strace/system-call.ts";

/** A stretch of a file. */
export interface Stretch {
  readonly offset: number;
  readonly bytes: number;
}

/** What was written to a file before and after the last sync of it that succeeded. */
export interface SyncState {
  /** What a power cut may take: of these stretches anything may be on the disk. */
  readonly unsynced: readonly Stretch[];
  /** The end of the last byte that certainly is. */
  readonly syncedEnd: number;
}

const SYNCS = new Set(["fsync", "fdatasync"]);

interface Written extends Stretch {
  readonly end: number;
  /** A sync of it failed: systems forget it then, and later syncs say nothing about it. */
  readonly forgotten: boolean;
}

/**
 * @param calls of one process, those that concern this file among them
 * @param bytesBefore how long the file was before the process began; all of that counts as synced
 */
export function syncStateOf(calls: readonly SystemCall[], path: string, bytesBefore: number): SyncState {
  let unsynced: Written[] = [];
  let syncedEnd = bytesBefore;
  for (const { name, target, data, offset, result, begin, end } of calls) {
    if (target !== path) continue;
    // A write that failed or never returned may have written any of its bytes.
    if (name === "pwrite64" && offset !== undefined) {
      const written = { offset, bytes: data.length, end, forgotten: false };
      unsynced = [...unsynced.filter((one) => !covers(written, one)), written];
    }
    if (!SYNCS.has(name)) continue;
    const inTime = (one: Written) => one.end < begin && !one.forgotten;
    if (result === 0) {
      syncedEnd = unsynced.filter(inTime).reduce((sum, one) => Math.max(sum, one.offset + one.bytes), syncedEnd);
      unsynced = unsynced.filter((one) => !inTime(one));
    } else unsynced = unsynced.map((one) => (inTime(one) ? { ...one, forgotten: true } : one));
  }
  return { unsynced: unsynced.map(({ offset, bytes }) => ({ offset, bytes })), syncedEnd };
}

function covers(one: Stretch, other: Stretch): boolean {
  return one.offset <= other.offset && one.offset + one.bytes >= other.offset + other.bytes;
}
