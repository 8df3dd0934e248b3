import type { Migration } from "./migration.ts";

/** Which messages are shown at the top of a conversation; null for none. */
export const pinnedMessages: Migration = ({ compiler, bytes }) => [
  compiler.schema.alterTable("conversations").addColumn("pinned_messages", bytes),
];
