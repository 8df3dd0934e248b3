import type { Migration } from "./migration.ts";

/** Groups have pictures, whose bytes are apart from what is read with every conversation. */
export const pictures: Migration = ({ compiler, clustered, bytes }) => [
  compiler.schema.alterTable("conversations").addColumn("picture", "text", (column) => column.notNull().defaultTo("")),
  clustered(
    compiler.schema
      .createTable("pictures")
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("bytes", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("pictures_key", ["conversation"]),
  ),
];
