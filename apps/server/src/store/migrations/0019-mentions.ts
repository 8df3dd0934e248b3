import type { Migration } from "./migration.ts";

/** Whom messages mention: what their envelopes say, to be found by who is mentioned. */
export const mentions: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("mentions")
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("author", "text", (column) => column.notNull())
      .addColumn("content_rev", "bigint", (column) => column.notNull())
      .addColumn("received_at", "double precision", (column) => column.notNull())
      .addPrimaryKeyConstraint("mentions_key", ["conversation", "account", "ordinal"]),
  ),
  compiler.schema.createIndex("mentions_by_ordinal").on("mentions").columns(["conversation", "ordinal"]),
];
