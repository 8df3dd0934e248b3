import type { Migration } from "./migration.ts";

/** Where an account takes part is read from the index alone, without looking into each of its conversations. */
export const attendanceByAccount: Migration = ({ compiler: { schema } }) => [
  schema.dropIndex("members_by_account"),
  schema.createIndex("members_by_account").on("members").columns(["account", "conversation", "present"]),
];
