import type { Migration } from "./migration.ts";

/** Drafts, found by their conversation and by their versions. A draft that was emptied keeps its row without text: its version must not be given again. */
export const drafts: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("drafts")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("version", "bigint", (column) => column.notNull())
      .addColumn("text", "text", (column) => column.notNull())
      .addColumn("changed_at", "double precision", (column) => column.notNull())
      .addColumn("device", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("drafts_key", ["account", "conversation"]),
  ),
  compiler.schema.createIndex("drafts_by_version").on("drafts").columns(["account", "version"]),
];
