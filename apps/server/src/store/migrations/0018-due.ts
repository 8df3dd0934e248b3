import type { Migration } from "./migration.ts";

/** What the server has to do at a time, and the messages that wait for theirs. */
export const due: Migration = ({ compiler, clustered, bytes }) => [
  clustered(
    compiler.schema
      .createTable("due")
      .addColumn("kind", "bigint", (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("at", "double precision", (column) => column.notNull())
      .addPrimaryKeyConstraint("due_key", ["account", "conversation", "subject", "kind"]),
  ),
  compiler.schema.createIndex("due_by_time").on("due").columns(["at"]),
  clustered(
    compiler.schema
      .createTable("scheduled_messages")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("at", "double precision", (column) => column.notNull())
      .addColumn("bytes", "bigint", (column) => column.notNull())
      .addColumn("message", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("scheduled_messages_key", ["account", "id"]),
  ),
];
