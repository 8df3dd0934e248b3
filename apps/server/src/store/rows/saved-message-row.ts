import type { SavedMessage } from "@parley/protocol";
import type { SavedMessagesTable } from "../tables.ts";

export function savedMessageOf(row: SavedMessagesTable): SavedMessage {
  return {
    $typeName: "parley.v1.SavedMessage",
    conversation: row.conversation,
    message: row.message,
    ordinal: row.ordinal,
    savedAt: row.saved_at,
  };
}
