import type { Migration } from "./migration.ts";

/** The links by which people can join a group, and who waits to be let in; null for none. */
export const entrances: Migration = ({ compiler, bytes }) => [
  compiler.schema.alterTable("conversations").addColumn("entrances", bytes),
];
