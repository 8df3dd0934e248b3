import type { Migration } from "./migration.ts";

/** How accounts treat conversations: what their logs say of each, folded, for devices that hold nothing yet. */
export const preferences: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("preferences")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("pinned", "bigint", (column) => column.notNull())
      .addColumn("muted_until", "double precision", (column) => column.notNull())
      .addColumn("archived_up_to", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("preferences_key", ["account", "conversation"]),
  ),
];
