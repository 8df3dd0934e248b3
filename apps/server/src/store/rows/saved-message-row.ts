import type { SavedMessage } from "@parley/protocol";
import type { ConversationsTable, SavedMessagesTable } from "../tables.ts";

/** With where it is, if that is a thread. */
export type SavedMessageRow = SavedMessagesTable & Pick<ConversationsTable, "parent" | "root">;

export function savedMessageOf(row: SavedMessageRow): SavedMessage {
  return {
    $typeName: "parley.v1.SavedMessage",
    conversation: row.conversation,
    message: row.message,
    ordinal: row.ordinal,
    savedAt: row.saved_at,
    parent: row.parent,
    root: row.root,
  };
}
