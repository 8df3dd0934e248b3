/** Program: appends 4 kB and syncs, again and again, and prints the time of each sync in milliseconds as JSON. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const BYTES = 4_096;

function syncTimes(path: string, count: number): number[] {
  const file = openSync(path, "w");
  const block = new Uint8Array(BYTES).fill(7);
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    writeSync(file, block);
    const began = performance.now();
    fdatasyncSync(file);
    times.push(performance.now() - began);
  }
  closeSync(file);
  return times;
}

const [folder = ".", count = "200"] = process.argv.slice(2);
const path = join(folder, `sync-probe-${process.pid}`);
try {
  console.log(JSON.stringify(syncTimes(path, Number(count))));
} finally {
  rmSync(path, { force: true });
}
