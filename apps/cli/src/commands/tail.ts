import type { ConnectionView, Engine, TimelineRow } from "@parley/client";
import { refuse } from "../connected-engine.ts";
import { rowLine } from "../row-line.ts";
import { until } from "../until.ts";

const LOADED_WITHIN_MS = 15_000;

export interface TailOutput {
  line(text: string): void;
  /** Of the connection, not of the conversation. */
  remark(text: string): void;
}

/** Prints the newest `lines` rows, then what comes and what changes, until `over` or until the connection is refused for good. */
export async function tail(
  engine: Engine,
  conversation: string,
  lines: number,
  output: TailOutput,
  over: AbortSignal,
): Promise<void> {
  const timeline = engine.openTimeline(conversation);
  await until(timeline, ({ loaded }) => loaded, LOADED_WITHIN_MS);
  const printed = new Map<string, string>();
  for (const row of timeline.get().rows.slice(0, -lines || undefined)) printed.set(row.id, rowLine(row));
  if (lines === 0) for (const row of timeline.get().rows) printed.set(row.id, rowLine(row));
  const print = () => printChanges(timeline.get().rows, printed, output);
  print();
  const stopPrinting = timeline.subscribe(print);
  try {
    await watchConnection(engine, output, over);
  } finally {
    stopPrinting();
    timeline.close();
  }
}

function printChanges(rows: readonly TimelineRow[], printed: Map<string, string>, output: TailOutput): void {
  for (const row of rows) {
    const line = rowLine(row);
    if (line === "" || printed.get(row.id) === line) continue;
    output.line(printed.has(row.id) ? `~ ${line}` : line);
    printed.set(row.id, line);
  }
}

function watchConnection(engine: Engine, output: TailOutput, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let former: ConnectionView["kind"] = "online";
    const look = () => {
      const view = engine.connection.get();
      try {
        refuse(view);
      } catch (error) {
        stop();
        reject(error);
        return;
      }
      if (view.kind === "waiting" && former !== "waiting") output.remark("The connection is lost; trying again.");
      if (view.kind === "online" && former !== "online") output.remark("Connected again.");
      if (view.kind === "online" || view.kind === "waiting") former = view.kind;
    };
    const stop = engine.connection.subscribe(look);
    over.addEventListener("abort", () => {
      stop();
      resolve();
    });
    look();
  });
}
