import type { Migration } from "./migration.ts";

/** Conversations that accounts show as unread, whatever they have read. */
export const markedUnread: Migration = ({ compiler }) => [
  compiler.schema
    .alterTable("preferences")
    .addColumn("marked_unread", "bigint", (column) => column.notNull().defaultTo(0)),
];
