import { Database } from "bun:sqlite";
import { join } from "node:path";
import { compileStatements, SqliteConnection, SqlLogSnapshot, sqliteDialect } from "@parley/server/parts";
import type { StoredAccount } from "../history/history.ts";

const ALL = 1_000_000;

/**
 * What a server's file holds of the logs of accounts, and of what they have set themselves.
 *
 * @param latest the latest time that its clock has shown
 */
export async function storedAccounts(
  folder: string,
  accounts: readonly string[],
  latest: number,
): Promise<StoredAccount[]> {
  const connection = new SqliteConnection(new Database(join(folder, "log.db"), { readonly: true }));
  try {
    const snapshot = new SqlLogSnapshot(connection, compileStatements(sqliteDialect().compiler));
    await connection.begin("read");
    const readAt = Date.now();
    const stored: StoredAccount[] = [];
    const reports = await snapshot.openReports(ALL);
    for (const account of accounts) {
      stored.push({
        account,
        readAt,
        latest,
        events: await snapshot.accountEvents(account, 0, ALL),
        blocked: await snapshot.blockedPeople(account),
        reminders: (await snapshot.reminders(account)).map(({ reminder }) => reminder),
        reports: reports.filter(({ reporter }) => reporter === account),
      });
    }
    await connection.commit();
    return stored;
  } finally {
    await connection.close();
  }
}
