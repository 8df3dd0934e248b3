/** The thread that owns the write connection: commits wait for the disk here, not on the thread that talks to devices. */
import { defaultCollaborators } from "../../executor/collaborators.ts";
import { composeWriter } from "../../executor/compose-writer.ts";
import { failureLog } from "../../executor/failure-log.ts";
import { BucketRateLimiter, unlimited } from "../../executor/rate-limiter.ts";
import type { AccountNews, LogWriter, PublishedEvent } from "../../log/log-writer.ts";
import { openTransactor } from "../open-log.ts";
import { Turns } from "../turns.ts";
import { failureOf } from "./failure.ts";
import { LogTruncation } from "./log-truncation.ts";
import { mintId } from "./mint-id.ts";
import { openForWriting } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { Call, Order, Report, ThreadOptions } from "./thread-messages.ts";

declare const self: Worker;

const clock = { now: () => Date.now() };
const stopwatch = { elapsed: () => performance.now() };

interface Opened {
  readonly writer: LogWriter;
  readonly truncation: LogTruncation;
}

async function open({ path, verdictRule, edits, messageRequests, truncatedAfterMs }: ThreadOptions): Promise<Opened> {
  const connection = new SqliteConnection(openForWriting(path));
  const turns = new Turns();
  const truncation = new LogTruncation(connection, turns, truncatedAfterMs);
  const transactor = await openTransactor(connection, sqliteDialect(), turns, mintId);
  // What was erased before a crash may lie in the log that it left.
  truncation.erased();
  const limiter = verdictRule === undefined ? unlimited : new BucketRateLimiter(verdictRule, stopwatch);
  const reportFailure = failureLog(stopwatch, (reason) => console.error("A command could not be carried out:", reason));
  if (edits.versions === 0) await transactor.write((transaction) => transaction.forgetAllVersions());
  const parts = { ...defaultCollaborators(clock), limiter, edits, messageRequests, reportFailure };
  return { writer: composeWriter({ transactor, clock, ...parts }), truncation };
}

/** Of an edit, too: the oldest version may have gone; of a picture: the one before. */
function erases({ event }: PublishedEvent): boolean {
  return event.body.case === "erased" || event.body.case === "edited" || event.body.case === "pictureSet";
}

/** Of a scheduled message that says something else, or waits no more. */
function forgets({ event }: AccountNews): boolean {
  return event.body.case === "messageScheduled" || event.body.case === "scheduledEnded";
}

async function call({ writer, truncation }: Opened, { method, args }: Call): Promise<unknown> {
  switch (method) {
    case "execute": {
      const outcome = await writer.execute(...args);
      if (outcome.published.some(erases) || outcome.written.some(forgets)) truncation.erased();
      return outcome;
    }
    case "due": {
      const outcome = await writer.due();
      if (outcome.forgets || outcome.published.some(erases) || outcome.written.some(forgets)) truncation.erased();
      return outcome;
    }
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
    case "closeReport":
      return writer.closeReport(...args);
    case "follow":
      return writer.follow();
    case "close":
      truncation.stop();
      return writer.close();
  }
}

function report(message: Report): void {
  self.postMessage(message);
}

async function serve(opened: Opened, one: Call): Promise<void> {
  try {
    report({ kind: "result", id: one.id, value: await call(opened, one) });
  } catch (error) {
    report({ kind: "error", id: one.id, failure: failureOf(error) });
  }
}

function listen(opened: Opened): void {
  self.onmessage = ({ data }: MessageEvent<Order>) => {
    if (data.kind === "calls") for (const one of data.calls) void serve(opened, one);
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
