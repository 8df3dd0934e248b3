import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { SeededRandom } from "@parley/simulation";
import type { SyncState } from "./unsynced.ts";

/** Disks write sectors of this size whole or not at all. */
const SECTOR_BYTES = 512;

/**
 * Makes of a file what a power cut may have left: of the sectors that were not synced each is on the disk, zero, or rubbish, and the end of the file may
 * be missing. How many bytes were spoiled.
 */
export function cutPower(path: string, { unsynced, syncedEnd }: SyncState, random: SeededRandom): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, "r+");
  try {
    let spoiled = 0;
    for (const { offset, bytes } of unsynced) {
      for (let from = offset; from < offset + bytes; from += SECTOR_BYTES) {
        const length = Math.min(SECTOR_BYTES, offset + bytes - from);
        const sector = random.weighted([
          [1, undefined],
          [1, Buffer.alloc(length)],
          [1, random.bytes(length)],
        ]);
        if (sector !== undefined) spoiled += writeSync(file, sector, 0, length, from);
      }
    }
    const { size } = fstatSync(file);
    if (size > syncedEnd && random.chance(0.5)) ftruncateSync(file, random.integer(syncedEnd, size));
    return spoiled + size - fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}
