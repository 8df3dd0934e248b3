import { join } from "node:path";
import type { Clock } from "./connection/clock.ts";
import type { Log } from "./store/open-log.ts";
import { openForWriting } from "./store/sqlite/open-database.ts";
import { openSqliteLogInProcess } from "./store/sqlite/open-sqlite-log-in-process.ts";

export function openDataLog(folder: string, clock: Clock, mintId: () => string): Promise<Log> {
  return openSqliteLogInProcess({ database: openForWriting(join(folder, "parley.db")), clock, mintId });
}
