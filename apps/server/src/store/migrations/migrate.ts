import { prepared } from "../prepared.ts";
import type { SqlConnection } from "../sql-connection.ts";
import type { SqlDialect } from "../sql-dialect.ts";
import { StoreError } from "../store-error.ts";
import type { Migration } from "./migration.ts";
import { migrations } from "./migrations.ts";

const VERSION_KEY = "schema_version";

/** Brings a database to the newest schema, one transaction per step. Data of a newer version is left alone. */
export async function migrate(
  connection: SqlConnection,
  dialect: SqlDialect,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  const meta = dialect.compiler.schema
    .createTable("meta")
    .ifNotExists()
    .addColumn("key", "text", (column) => column.notNull().primaryKey())
    .addColumn("value", "text", (column) => column.notNull());
  await connection.execute(meta.compile().sql);
  for (let version = await schemaVersion(connection, dialect); version !== steps.length; version++) {
    const step = steps[version];
    if (step === undefined) {
      throw new StoreError(
        "newer",
        `The data was written by a newer version of Parley (schema ${version}, this version knows ${steps.length}). Start the newer version.`,
      );
    }
    await takeStep(connection, dialect, step, version + 1);
  }
}

/** Whether a database, which is one of Parley's, has the schema that this version knows. Changes nothing. */
export async function isNewest(connection: SqlConnection, dialect: SqlDialect): Promise<boolean> {
  return (await schemaVersion(connection, dialect)) === migrations.length;
}

async function takeStep(connection: SqlConnection, dialect: SqlDialect, step: Migration, version: number) {
  await connection.begin("write");
  try {
    for (const statement of step(dialect)) await connection.execute(statement.compile().sql);
    const put = prepared((p: { key: string; value: string }) =>
      dialect.compiler
        .insertInto("meta")
        .values({ key: p.key, value: p.value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: p.value })),
    );
    await connection.run(put, { key: VERSION_KEY, value: String(version) });
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}

async function schemaVersion(connection: SqlConnection, dialect: SqlDialect): Promise<number> {
  const find = prepared((p: { key: string }) =>
    dialect.compiler.selectFrom("meta").select("value").where("key", "=", p.key),
  );
  const row = await connection.first(find, { key: VERSION_KEY });
  return row === undefined ? 0 : Number(row.value);
}
