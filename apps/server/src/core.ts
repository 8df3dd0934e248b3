/** The log core by itself, for programs that fill or read a log without running a node. */
export { unlimited } from "./executor/rate-limiter.ts";
export type { LogReader } from "./log/log-reader.ts";
export type { LogWriter, Submitted } from "./log/log-writer.ts";
export { prepareForWriting } from "./store/sqlite/open-database.ts";
export { openSqliteLogInProcess } from "./store/sqlite/open-sqlite-log-in-process.ts";
