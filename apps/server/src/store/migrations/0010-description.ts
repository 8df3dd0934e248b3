import type { Migration } from "./migration.ts";

/** Groups say what they are about. */
export const description: Migration = ({ compiler }) => [
  compiler.schema
    .alterTable("conversations")
    .addColumn("description", "text", (column) => column.notNull().defaultTo("")),
];
