import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { SeededRandom } from "@parley/simulation";

const PAGE_BYTES = 4_096;

/** Spoils a file in place. What it did, in words. */
export type Damage = (path: string, random: SeededRandom) => string;

/** A page is rubbish. */
export const rubbish: Damage = (path, random) => onPage(path, random, random.bytes(PAGE_BYTES), "is rubbish");

/** A page is empty, as after a write that the disk lost. */
export const zeros: Damage = (path, random) => onPage(path, random, new Uint8Array(PAGE_BYTES), "is empty");

/** The file ends too soon. An empty one is none to SQLite. */
export const shorter: Damage = (path, random) =>
  withFile(path, (file) => {
    const end = random.integer(1, fstatSync(file).size - 1);
    ftruncateSync(file, end);
    return `the file ends at ${end}`;
  });

/** One bit is turned over. */
export const bit: Damage = (path, random) =>
  withFile(path, (file) => {
    const place = random.integer(0, fstatSync(file).size - 1);
    const byte = new Uint8Array(1);
    readSync(file, byte, 0, 1, place);
    writeSync(
      file,
      byte.map((value) => value ^ (1 << random.integer(0, 7))),
      0,
      1,
      place,
    );
    return `a bit of byte ${place} is turned over`;
  });

function onPage(path: string, random: SeededRandom, content: Uint8Array, what: string): string {
  return withFile(path, (file) => {
    const pages = Math.floor(fstatSync(file).size / PAGE_BYTES);
    const page = random.integer(0, pages - 1);
    writeSync(file, content, 0, PAGE_BYTES, page * PAGE_BYTES);
    return `page ${page + 1} of ${pages} ${what}`;
  });
}

function withFile(path: string, work: (file: number) => string): string {
  const file = openSync(path, "r+");
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
