import type { Migration } from "./migration.ts";

/** Conversations that accounts have taken out of their lists. */
export const unlisted: Migration = ({ compiler }) => [
  compiler.schema
    .alterTable("hidden_messages")
    .addColumn("unlisted_up_to", "bigint", (column) => column.notNull().defaultTo(0)),
];
