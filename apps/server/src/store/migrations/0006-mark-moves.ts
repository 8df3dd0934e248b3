import type { Migration } from "./migration.ts";

/** When marks moved: of each member a text of bounded length, beside the marks so that reading those stays short. Of marks from before, nothing is known. */
export const markMoves: Migration = ({ compiler, clustered }) => [
  clustered(
    compiler.schema
      .createTable("mark_moves")
      .addColumn("conversation", "text", (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("moves", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("mark_moves_key", ["conversation", "account"]),
  ),
];
