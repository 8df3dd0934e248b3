import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import type { SqlDialect } from "../sql-dialect.ts";
import type { Tables } from "../tables.ts";

/** SQLite's ways. Kysely only compiles here: `SqliteConnection` runs the statements. */
export function sqliteDialect(): SqlDialect {
  const compiler = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return { compiler, bytes: "blob", clustered: (table) => table.modifyEnd(sql`without rowid`) };
}
