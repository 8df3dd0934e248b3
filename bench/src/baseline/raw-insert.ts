/**
 * Program: what storing costs without Parley.
 *
 *     bun raw-insert.ts FOLDER BATCH SECONDS CONVERSATIONS
 *
 * One prepared statement inserts rows (see `RawLog`), so many to a transaction, and tells nobody: it is the least that a durable message can cost with this
 * library on this disk. Prints rows per second.
 */
import { RawLog } from "./raw-log.ts";

const WARM_UP_S = 1;

function insertFor(seconds: number, raw: RawLog, batch: number): number {
  const began = performance.now();
  let rows = 0;
  while (performance.now() - began < seconds * 1_000) {
    raw.commit(batch);
    rows += batch;
  }
  return rows / ((performance.now() - began) / 1_000);
}

const [folder = ".", batch = "1", seconds = "3", conversations = "64"] = process.argv.slice(2);
const raw = new RawLog(folder, Number(conversations));
try {
  insertFor(WARM_UP_S, raw, Number(batch));
  console.log(insertFor(Number(seconds), raw, Number(batch)));
} finally {
  raw.remove();
}
