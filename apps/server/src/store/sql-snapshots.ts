import type { LogSnapshot } from "../log/log-snapshot.ts";
import type { SnapshotSource } from "../log/log-store.ts";
import type { SqlConnection } from "./sql-connection.ts";
import { SqlLogSnapshot } from "./sql-log-snapshot.ts";
import type { Statements } from "./statements/statements.ts";
import type { Turns } from "./turns.ts";

/** A connection for reads. Turns shared with a transactor allow both on one connection. */
export interface Lane {
  readonly connection: SqlConnection;
  readonly turns: Turns;
}

interface ReadingLane extends Lane {
  readonly snapshot: SqlLogSnapshot;
  waiting: number;
}

/** Reads on some connections, each in a transaction of its own. */
export class SqlSnapshots implements SnapshotSource {
  readonly #lanes: readonly ReadingLane[];

  constructor(lanes: readonly Lane[], statements: Statements) {
    this.#lanes = lanes.map((lane) => ({
      ...lane,
      snapshot: new SqlLogSnapshot(lane.connection, statements),
      waiting: 0,
    }));
  }

  async read<T>(work: (snapshot: LogSnapshot) => Promise<T>): Promise<T> {
    const lane = this.#shortest();
    lane.waiting++;
    try {
      return await lane.turns.take(() => readOn(lane, work));
    } finally {
      lane.waiting--;
    }
  }

  async close(): Promise<void> {
    for (const { turns, connection } of this.#lanes) await turns.take(() => connection.close());
  }

  /** A long read holds back only what has to wait for its own connection. */
  #shortest(): ReadingLane {
    const [first, ...others] = this.#lanes;
    if (first === undefined) throw new Error("There is no connection to read from.");
    return others.reduce((shortest, lane) => (lane.waiting < shortest.waiting ? lane : shortest), first);
  }
}

async function readOn<T>(
  { connection, snapshot }: ReadingLane,
  work: (snapshot: LogSnapshot) => Promise<T>,
): Promise<T> {
  await connection.begin("read");
  try {
    return await work(snapshot);
  } finally {
    await connection.rollback();
  }
}
