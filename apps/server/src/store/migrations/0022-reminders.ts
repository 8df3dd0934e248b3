import type { Migration } from "./migration.ts";

/** Messages that accounts are to be reminded of. */
export const reminders: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("reminders")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("at", "double precision", (column) => column.notNull())
      .addColumn("due", "bigint", (column) => column.notNull())
      .addColumn("parent", "text", (column) => column.notNull())
      .addColumn("root", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("reminders_key", ["account", "conversation", "message"]),
  ),
  compiler.schema.createIndex("reminders_by_message").on("reminders").columns(["conversation", "message"]),
];
