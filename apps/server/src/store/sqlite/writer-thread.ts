/** The thread that owns the write connection: commits wait for the disk here, not on the thread that talks to devices. */
import { defaultCollaborators } from "../../executor/collaborators.ts";
import { composeWriter } from "../../executor/compose-writer.ts";
import { failureLog } from "../../executor/failure-log.ts";
import { BucketRateLimiter, unlimited } from "../../executor/rate-limiter.ts";
import type { LogWriter } from "../../log/log-writer.ts";
import { openTransactor } from "../open-log.ts";
import { Turns } from "../turns.ts";
import { failureOf } from "./failure.ts";
import { mintId } from "./mint-id.ts";
import { openForWriting } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { Call, Order, Report, ThreadOptions } from "./thread-messages.ts";

declare const self: Worker;

const clock = { now: () => Date.now() };
const stopwatch = { elapsed: () => performance.now() };

async function open({ path, verdictRule, edits }: ThreadOptions): Promise<LogWriter> {
  const connection = new SqliteConnection(openForWriting(path));
  const transactor = await openTransactor(connection, sqliteDialect(), new Turns(), mintId);
  const limiter = verdictRule === undefined ? unlimited : new BucketRateLimiter(verdictRule, stopwatch);
  const reportFailure = failureLog(stopwatch, (reason) => console.error("A command could not be carried out:", reason));
  if (edits.versions === 0) await transactor.write((transaction) => transaction.forgetAllVersions());
  return composeWriter({ transactor, clock, ...defaultCollaborators(clock), limiter, edits, reportFailure });
}

function call(writer: LogWriter, { method, args }: Call): Promise<unknown> {
  switch (method) {
    case "execute":
      return writer.execute(...args);
    case "mark":
      return writer.mark(...args);
    case "draft":
      return writer.draft(...args);
    case "registerDevice":
      return writer.registerDevice(...args);
    case "closeDevice":
      return writer.closeDevice(...args);
    case "seen":
      return writer.seen(...args);
    case "putProfile":
      return writer.putProfile(...args);
    case "putPrivacy":
      return writer.putPrivacy(...args);
    case "follow":
      return writer.follow();
    case "close":
      return writer.close();
  }
}

function report(message: Report): void {
  self.postMessage(message);
}

async function serve(writer: LogWriter, one: Call): Promise<void> {
  try {
    report({ kind: "result", id: one.id, value: await call(writer, one) });
  } catch (error) {
    report({ kind: "error", id: one.id, failure: failureOf(error) });
  }
}

function listen(writer: LogWriter): void {
  self.onmessage = ({ data }: MessageEvent<Order>) => {
    if (data.kind === "calls") for (const one of data.calls) void serve(writer, one);
  };
}

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  if (data.kind !== "open") return;
  try {
    listen(await open(data.options));
    report({ kind: "opened" });
  } catch (error) {
    report({ kind: "failed", failure: failureOf(error) });
  }
};
