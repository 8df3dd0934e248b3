/** The thread that reads for the hub, on a connection of its own: the thread that talks to devices has no time for thousands of reads. */
import type { StoreLogReader } from "../../log/store-log-reader.ts";
import { failureOf } from "./failure.ts";
import { readForHub } from "./hub-reads.ts";
import { openReader } from "./open-reader.ts";
import type { ReadingOrder, ReadingReport } from "./reading-messages.ts";

declare const self: Worker;

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
    report({ kind: "read", id: order.id, found: await readForHub(reader, order.read) });
  } catch (error) {
    report({ kind: "error", id: order.id, failure: failureOf(error) });
  }
}

self.onmessage = ({ data }: MessageEvent<ReadingOrder>) => {
  if (data.kind !== "open") return;
  try {
    const reader = openReader(data.path);
    self.onmessage = ({ data: order }: MessageEvent<ReadingOrder>) => {
      if (order.kind !== "open") void serve(reader, order);
    };
    report({ kind: "opened" });
  } catch (error) {
    report({ kind: "failed", failure: failureOf(error) });
  }
};
