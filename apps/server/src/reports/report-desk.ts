import { join } from "node:path";
import type { Report } from "@parley/protocol";
import type { SnapshotSource, Transactor } from "../log/log-store.ts";
import { isNewest } from "../store/migrations/migrate.ts";
import { SqlSnapshots } from "../store/sql-snapshots.ts";
import { SqlTransactor } from "../store/sql-transactor.ts";
import { openForReading, openForWriting } from "../store/sqlite/open-database.ts";
import { LOG_FILE } from "../store/sqlite/open-sqlite-log.ts";
import { SqliteConnection } from "../store/sqlite/sqlite-connection.ts";
import { sqliteDialect } from "../store/sqlite/sqlite-dialect.ts";
import { compileStatements } from "../store/statements/statements.ts";
import { Turns } from "../store/turns.ts";

/** More than anybody reads at once. */
const MOST = 10_000;
const CODE_LENGTH = 6;

/** What the person who asks has to do first. */
export class ReportDeskError extends Error {
  override readonly name = "ReportDeskError";
}

/** The reports in a data folder, for who operates the machine. A server may run beside it. */
export class ReportDesk {
  readonly #path: string;
  readonly #source: SnapshotSource;

  static async open(folder: string): Promise<ReportDesk> {
    const path = join(folder, LOG_FILE);
    const connection = new SqliteConnection(openForReading(path));
    if (await isNewest(connection, sqliteDialect())) return new ReportDesk(path, connection);
    await connection.close();
    throw new ReportDeskError("The data is of another version of Parley: start the server once, then ask again.");
  }

  private constructor(path: string, connection: SqliteConnection) {
    this.#path = path;
    this.#source = new SqlSnapshots([{ connection, turns: new Turns() }], compileStatements(sqliteDialect().compiler));
  }

  /** The open ones, those that wait longest first; or all, those that are closed at the end. */
  list(all: boolean): Promise<readonly Report[]> {
    return this.#source.read(async (snapshot) => {
      const open = await snapshot.openReports(MOST);
      return all ? [...open, ...(await snapshot.closedReports(0, MOST))] : open;
    });
  }

  /** By the code that the list shows. */
  async find(code: string): Promise<Report> {
    const found = (await this.list(true)).filter(({ id }) => id.endsWith(code.trim().toLowerCase()));
    const [report] = found;
    if (code.trim().length < CODE_LENGTH || report === undefined) {
      throw new ReportDeskError(`There is no report ${code}. Ask for the list to see which there are.`);
    }
    if (found.length > 1) throw new ReportDeskError(`Several reports end in ${code}: name one by its whole id.`);
    return report;
  }

  async close({ reporter, id }: Report, at: number): Promise<void> {
    const connection = new SqliteConnection(openForWriting(this.#path));
    const transactor: Transactor = new SqlTransactor(
      connection,
      compileStatements(sqliteDialect().compiler),
      new Turns(),
    );
    try {
      await transactor.write((transaction) => transaction.closeReport(reporter, id, at));
    } finally {
      await transactor.close();
    }
  }

  /** User names of these accounts, with the names that others see. */
  names(accounts: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    return this.#source.read(async (snapshot) => {
      const names = new Map<string, string>();
      for (const account of accounts) {
        const profile = await snapshot.profile(account);
        if (profile !== undefined) names.set(account, `${profile.userName} (${profile.displayName})`);
      }
      return names;
    });
  }

  dispose(): Promise<void> {
    return this.#source.close();
  }
}

/** What the list calls a report: the end of its id, which is random. */
export function codeOf({ id }: Report): string {
  return id.slice(-CODE_LENGTH);
}

/** Everybody whom a report names. */
export function peopleOf({ reporter, messages }: Report): ReadonlySet<string> {
  return new Set([reporter, ...messages.map(({ author }) => author)]);
}
