import type { Preferences } from "@parley/log";
import type { ConversationPreferences } from "@parley/protocol";
import type { PreferencesTable } from "../tables.ts";

export function preferencesRow(
  account: string,
  conversation: string,
  { pinned, mutedUntil, archivedUpTo, markedUnread, requestAnswer }: Preferences,
): PreferencesTable {
  const settings = { pinned: pinned ? 1 : 0, muted_until: mutedUntil, archived_up_to: archivedUpTo };
  return { account, conversation, ...settings, marked_unread: markedUnread ? 1 : 0, request_answer: requestAnswer };
}

export function preferencesOf(row: Omit<PreferencesTable, "account">): ConversationPreferences {
  return {
    $typeName: "parley.v1.ConversationPreferences",
    conversation: row.conversation,
    pinned: row.pinned === 1,
    mutedUntil: row.muted_until,
    archivedUpTo: row.archived_up_to,
    markedUnread: row.marked_unread === 1,
    requestAnswer: row.request_answer,
  };
}
