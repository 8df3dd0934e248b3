/** The thread that reads for the hub, on a connection of its own: the thread that talks to devices has no time for thousands of reads. */
import { sight } from "../../log/sight.ts";
import { StoreLogReader } from "../../log/store-log-reader.ts";
import { SqlSnapshots } from "../sql-snapshots.ts";
import { compileStatements } from "../statements/statements.ts";
import { Turns } from "../turns.ts";
import { failureOf } from "./failure.ts";
import { readAsText } from "./hub-reads.ts";
import { openForReading } from "./open-database.ts";
import type { ReadingOrder, ReadingReport } from "./reading-messages.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

declare const self: Worker;

function open(path: string): StoreLogReader {
  const lane = { connection: new SqliteConnection(openForReading(path)), turns: new Turns() };
  return new StoreLogReader(new SqlSnapshots([lane], compileStatements(sqliteDialect().compiler)), sight);
}

function report(message: ReadingReport): void {
  self.postMessage(message);
}

async function serve(reader: StoreLogReader, order: Exclude<ReadingOrder, { kind: "open" }>): Promise<void> {
  if (order.kind === "close") {
    await reader.close();
    report({ kind: "closed" });
    return;
  }
  try {
    report({ kind: "read", id: order.id, text: await readAsText(reader, order.read) });
  } catch (error) {
    report({ kind: "error", id: order.id, failure: failureOf(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<ReadingOrder>) => {
  if (data.kind !== "open") return;
  try {
    const reader = open(data.path);
    self.onmessage = ({ data: order }: MessageEvent<ReadingOrder>) => {
      if (order.kind !== "open") void serve(reader, order);
    };
    report({ kind: "opened" });
  } catch (error) {
    report({ kind: "failed", failure: failureOf(error) });
  }
};
