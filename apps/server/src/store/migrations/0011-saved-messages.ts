import type { Migration } from "./migration.ts";

/** The messages that accounts have saved: what their logs say, folded, for devices that hold nothing yet. */
export const savedMessages: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("saved_messages")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("saved_at", "double precision", (column) => column.notNull())
      .addPrimaryKeyConstraint("saved_messages_key", ["account", "conversation", "message"]),
  ),
];
