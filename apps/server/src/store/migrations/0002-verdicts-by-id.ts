import type { VerdictsTable } from "../tables.ts";
import type { Migration } from "./migration.ts";

const columns = ["log", "id", "seq", "account", "code", "reason", "received_at"] as const;

/**
 * Verdicts in the order of ids instead of logs. Ids begin with their time, so the verdicts of a batch are neighbours in one page, however many conversations it
 * spans.
 */
export const verdictsById: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("verdicts_by_id")
      .addColumn("log", "text", (column) => column.notNull())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("account", "text")
      .addColumn("code", "smallint")
      .addColumn("reason", "text")
      .addColumn("received_at", "double precision")
      .addPrimaryKeyConstraint("verdicts_by_id_key", ["id", "log"]),
  ),
  compiler
    .withTables<{ verdicts_by_id: VerdictsTable }>()
    .insertInto("verdicts_by_id")
    .columns([...columns])
    .expression(
      compiler
        .selectFrom("verdicts")
        .select([...columns])
        .orderBy("id")
        .orderBy("log"),
    ),
  compiler.schema.dropTable("verdicts"),
  compiler.schema.alterTable("verdicts_by_id").renameTo("verdicts"),
];
