import type { Migration } from "./migration.ts";

/** Conversations that wait to be accepted, and what was said to them. */
export const messageRequests: Migration = ({ compiler }) => [
  compiler.schema.alterTable("conversations").addColumn("request", "bigint", (column) => column.notNull().defaultTo(0)),
  compiler.schema
    .alterTable("preferences")
    .addColumn("request_answer", "bigint", (column) => column.notNull().defaultTo(0)),
];
