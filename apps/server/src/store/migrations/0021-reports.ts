import type { Migration } from "./migration.ts";

/** What accounts have reported to the admins of the server. */
export const reports: Migration = ({ compiler, clustered, bytes }) => [
  clustered(
    compiler.schema
      .createTable("reports")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("received_at", "double precision", (column) => column.notNull())
      .addColumn("closed_at", "double precision", (column) => column.notNull())
      .addColumn("bytes", "bigint", (column) => column.notNull())
      .addColumn("report", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("reports_key", ["account", "id"]),
  ),
  compiler.schema.createIndex("reports_by_closing").on("reports").columns(["closed_at", "received_at"]),
];
