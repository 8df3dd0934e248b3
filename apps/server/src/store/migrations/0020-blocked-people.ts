import type { Migration } from "./migration.ts";

/** Whom accounts block; and in direct conversations, of who blocks the other, up to which entry. */
export const blockedPeople: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("blocked_people")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("blocked", "text", (column) => column.notNull())
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("ordinal", "bigint", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("blocked_at", "double precision", (column) => column.notNull())
      .addColumn("since", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("blocked_people_key", ["account", "blocked"]),
  ),
  compiler.schema.alterTable("members").addColumn("blocked_after", "bigint"),
];
