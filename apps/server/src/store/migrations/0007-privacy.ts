import type { Migration } from "./migration.ts";

/** What accounts keep to themselves, and how far others are told that members have read: until now, as far as they have. */
export const privacy: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("privacy")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("rev", "bigint", (column) => column.notNull())
      .addColumn("hides_reads", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("privacy_key", ["account"]),
  ),
  compiler.schema.alterTable("marks").addColumn("shown", "bigint", (column) => column.notNull().defaultTo(0)),
  compiler.updateTable("marks").set((update) => ({ shown: update.ref("read") })),
];
