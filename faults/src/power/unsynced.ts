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

/**
 * @param calls of one process, those that concern this file among them
 * @param bytesBefore how long the file was before the process began; all of that counts as synced
 */
export function syncStateOf(calls: readonly SystemCall[], path: string, bytesBefore: number): SyncState {
  let unsynced: (Stretch & { readonly end: number })[] = [];
  let syncedEnd = bytesBefore;
  for (const { name, target, data, offset, result, begin, end } of calls) {
    if (target !== path) continue;
    // A write that failed or never returned may have written any of its bytes.
    if (name === "pwrite64" && offset !== undefined) unsynced.push({ offset, bytes: data.length, end });
    if (!SYNCS.has(name) || result !== 0) continue;
    for (const stretch of unsynced) {
      if (stretch.end < begin) syncedEnd = Math.max(syncedEnd, stretch.offset + stretch.bytes);
    }
    unsynced = unsynced.filter((stretch) => stretch.end > begin);
  }
  return { unsynced: unsynced.map(({ offset, bytes }) => ({ offset, bytes })), syncedEnd };
}
