import type { Migration } from "./migration.ts";

/** The messages that accounts have hidden from themselves: what their logs say, folded. */
export const hiddenMessages: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("hidden_messages")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("count", "bigint", (column) => column.notNull())
      .addColumn("runs", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("hidden_messages_key", ["account", "conversation"]),
  ),
];
