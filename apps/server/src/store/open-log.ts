import type { Collaborators } from "../executor/collaborators.ts";
import { composeWriter } from "../executor/compose-writer.ts";
import type { Breather } from "../log/breather.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { SnapshotSource, Transactor } from "../log/log-store.ts";
import type { LogWriter } from "../log/log-writer.ts";
import { type Sight, sight } from "../log/sight.ts";
import { StoreLogReader } from "../log/store-log-reader.ts";
import type { WallClock } from "../log/wall-clock.ts";
import { ensureIncarnation, type MintId } from "./incarnation.ts";
import { migrate } from "./migrations/migrate.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { SqlSnapshots } from "./sql-snapshots.ts";
import { SqlTransactor } from "./sql-transactor.ts";
import { compileStatements } from "./statements/statements.ts";
import { Turns } from "./turns.ts";

export interface LogOptions {
  readonly clock: WallClock;
  readonly mintId: MintId;
  /** Parts of the writer to use instead of the product's. */
  readonly collaborators?: Partial<Collaborators>;
  readonly sight?: Sight;
}

export interface OpenLogParts extends LogOptions {
  readonly dialect: SqlDialect;
  readonly connection: SqlConnection;
}

export interface Log {
  readonly writer: LogWriter;
  readonly reader: LogReader;
}

/** Writer and reader on one connection, which they share turn by turn. Brings the schema up to date first; closing the writer closes the connection. */
export async function openLog(parts: OpenLogParts): Promise<Log> {
  const { connection, dialect } = parts;
  const turns = new Turns();
  const transactor = await openTransactor(connection, dialect, turns, parts.mintId);
  const snapshots = new SqlSnapshots([{ connection, turns }], compileStatements(dialect.compiler));
  return {
    writer: composeWriter({ transactor, clock: parts.clock, ...parts.collaborators }),
    reader: openReader({ read: (work) => snapshots.read(work), close: async () => undefined }, parts.sight),
  };
}

/** A transactor on an up-to-date database that has an incarnation. */
export async function openTransactor(
  connection: SqlConnection,
  dialect: SqlDialect,
  turns: Turns,
  mintId: MintId,
): Promise<Transactor> {
  await migrate(connection, dialect);
  const transactor = new SqlTransactor(connection, compileStatements(dialect.compiler), turns);
  await ensureIncarnation(transactor, mintId);
  return transactor;
}

export function openReader(source: SnapshotSource, shown: Sight = sight, breathe?: Breather): LogReader {
  return new StoreLogReader(source, shown, breathe);
}
