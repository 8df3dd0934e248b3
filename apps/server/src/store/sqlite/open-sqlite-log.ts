import { join } from "node:path";
import { type EditPolicy, editPolicy } from "../../executor/edit-policy.ts";
import type { BucketRule } from "../../limits/token-bucket.ts";
import { sight } from "../../log/sight.ts";
import type { Log } from "../open-log.ts";
import { SqlSnapshots } from "../sql-snapshots.ts";
import { compileStatements } from "../statements/statements.ts";
import { Turns } from "../turns.ts";
import { LogReaderOnThreads } from "./log-reader-on-threads.ts";
import { TRUNCATED_AFTER_MS } from "./log-truncation.ts";
import { openForReading } from "./open-database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { ThreadHubReads } from "./thread-hub-reads.ts";
import { ThreadLogWriter } from "./thread-log-writer.ts";

/** The file in the data folder that holds the logs. */
export const LOG_FILE = "log.db";

/** A long read holds one of them while others go on. */
const READING_CONNECTIONS = 4;

export interface SqliteLogOptions {
  readonly folder: string;
  /** How many verdicts an account may have; undefined for no limit. */
  readonly verdictRule: BucketRule | undefined;
  readonly edits?: EditPolicy;
  readonly messageRequests?: boolean;
  /** How long after something was erased no file has it any more. */
  readonly truncatedAfterMs?: number;
  /** Nothing more can be written. */
  readonly onStopped?: (error: Error) => void;
}

/** The logs in a folder: the writer and what the hub reads on threads of their own, all other reads here. */
export async function openSqliteLog(options: SqliteLogOptions): Promise<Log> {
  const {
    folder,
    verdictRule,
    edits = editPolicy,
    messageRequests = false,
    truncatedAfterMs = TRUNCATED_AFTER_MS,
    onStopped = () => {},
  } = options;
  const path = join(folder, LOG_FILE);
  const writer = await ThreadLogWriter.open({ path, verdictRule, edits, messageRequests, truncatedAfterMs }, onStopped);
  const lanes = Array.from({ length: READING_CONNECTIONS }, () => ({
    connection: new SqliteConnection(openForReading(path)),
    turns: new Turns(),
  }));
  const snapshots = new SqlSnapshots(lanes, compileStatements(sqliteDialect().compiler));
  const hubReads = await ThreadHubReads.open(path, onStopped);
  return { writer, reader: new LogReaderOnThreads(snapshots, sight, breathe, hubReads) };
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
