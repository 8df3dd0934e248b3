import { join } from "node:path";
import { beginIncarnation } from "../incarnation.ts";
import { openTransactor } from "../open-log.ts";
import { Turns } from "../turns.ts";
import { mintId } from "./mint-id.ts";
import { openForWriting } from "./open-database.ts";
import { LOG_FILE } from "./open-sqlite-log.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** Declares the logs in a folder to be a restored backup, so that devices that are ahead of it send again what it lacks. The new incarnation. */
export async function declareRestored(folder: string): Promise<string> {
  const connection = new SqliteConnection(openForWriting(join(folder, LOG_FILE)));
  const transactor = await openTransactor(connection, sqliteDialect(), new Turns(), mintId);
  try {
    return await beginIncarnation(transactor, mintId);
  } finally {
    await transactor.close();
  }
}
