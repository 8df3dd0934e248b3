import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Which update of each device was stored last. Of drafts from before, nothing is known. */
export const draftWriters: Migration = ({ compiler }) => [
  compiler.schema
    .alterTable("drafts")
    .addColumn("writers", "text", (column) => column.notNull().defaultTo(sql.lit("[]"))),
];
