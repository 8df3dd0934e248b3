import type { Migration } from "./migration.ts";

/** What messages said before they were edited. */
export const versions: Migration = ({ compiler, clustered, bytes }) => [
  clustered(
    compiler.schema
      .createTable("versions")
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("at", "double precision", (column) => column.notNull())
      .addColumn("content", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("versions_key", ["conversation", "ordinal", "seq"]),
  ),
];
