import type { Migration } from "./migration.ts";

/** After how long messages disappear, and those that nobody else has read yet. */
export const timers: Migration = ({ compiler, clustered }) => [
  compiler.schema
    .alterTable("conversations")
    .addColumn("timer_seconds", "bigint", (column) => column.notNull().defaultTo(0)),
  compiler.schema
    .alterTable("conversations")
    .addColumn("timed_up_to", "bigint", (column) => column.notNull().defaultTo(0)),
  clustered(
    compiler.schema
      .createTable("unread_expiries")
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("author", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("unread_expiries_key", ["conversation", "ordinal"]),
  ),
];
