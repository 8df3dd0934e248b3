import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidV7 } from "@parley/protocol";
import { unlimited } from "../../executor/rate-limiter.ts";
import { logContract } from "../../log/log-contract.ts";
import { openSqliteLog } from "./open-sqlite-log.ts";
import { openSqliteLogInProcess } from "./open-sqlite-log-in-process.ts";

logContract("SQLite in this process", async () => {
  let now = 1_000_000;
  const clock = { now: () => now++ };
  const mintId = () => uuidV7(now++, new Uint8Array(10));
  const open = (database: Database | ":memory:") =>
    openSqliteLogInProcess({ database, clock, mintId, collaborators: { limiter: unlimited } });
  let database = new Database(":memory:", { strict: true });
  let log = await open(database);
  return {
    log,
    reopen: async () => {
      const image = database.serialize();
      await log.writer.close();
      database = Database.deserialize(image);
      log = await open(database);
      return log;
    },
    dispose: () => log.writer.close(),
  };
});

logContract("SQLite on a thread", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-log-"));
  const open = () => openSqliteLog({ folder, verdictRule: undefined });
  const close = async () => {
    await log.reader.close();
    await log.writer.close();
  };
  let log = await open();
  return {
    log,
    reopen: async () => {
      await close();
      log = await open();
      return log;
    },
    dispose: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
});
