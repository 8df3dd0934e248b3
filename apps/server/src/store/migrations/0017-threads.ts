import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Threads: what they belong to, and where their parent was when something happened in them. */
export const threads: Migration = ({ compiler }) => [
  compiler.schema.alterTable("conversations").addColumn("parent", "text", (column) => column.notNull().defaultTo("")),
  compiler.schema.alterTable("conversations").addColumn("root", "text", (column) => column.notNull().defaultTo("")),
  compiler.schema.alterTable("events").addColumn("parent_seq", "bigint", (column) => column.notNull().defaultTo(0)),
  // Most events are of no thread, and not in it.
  compiler.schema
    .createIndex("events_of_threads")
    .on("events")
    .columns(["log", "parent_seq"])
    .where(sql.ref("parent_seq"), ">", sql.lit(0)),
];
