import type { Migration } from "./migration.ts";

/** Whether accounts are online, and when they were, can be hidden too. */
export const hiddenPresence: Migration = ({ compiler }) => [
  compiler.schema
    .alterTable("privacy")
    .addColumn("hides_presence", "bigint", (column) => column.notNull().defaultTo(0)),
];
