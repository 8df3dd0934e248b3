import type { ConversationRecord } from "../../log/records.ts";
import type { ConversationsTable } from "../tables.ts";
import { packedEntrances, unpackedEntrances } from "./packed-entrances.ts";
import { packedIds, unpackedIds } from "./packed-ids.ts";

export function conversationRow(conversation: ConversationRecord): ConversationsTable {
  return {
    id: conversation.id,
    kind: conversation.kind,
    encryption: conversation.encryption,
    history: conversation.history,
    title: conversation.title,
    description: conversation.description,
    rev: conversation.rev,
    created_by: conversation.createdBy,
    created_at: conversation.createdAt,
    head: conversation.head,
    entry_head: conversation.entryHead,
    tag: conversation.tag,
    active_at: conversation.activeAt,
    parent: conversation.parent,
    root: conversation.root,
    pinned_messages: packedIds(conversation.pinnedMessages),
    entrances: packedEntrances(conversation),
    timer_seconds: conversation.timerSeconds,
    request: conversation.request ? 1 : 0,
    picture: conversation.picture,
    timed_up_to: conversation.timedUpTo,
  };
}

export function conversationRecord(row: ConversationsTable): ConversationRecord {
  return {
    id: row.id,
    kind: row.kind,
    encryption: row.encryption,
    history: row.history,
    title: row.title,
    description: row.description,
    rev: row.rev,
    createdBy: row.created_by,
    createdAt: row.created_at,
    head: row.head,
    entryHead: row.entry_head,
    tag: row.tag,
    activeAt: row.active_at,
    parent: row.parent,
    root: row.root,
    pinnedMessages: unpackedIds(row.pinned_messages),
    ...unpackedEntrances(row.entrances),
    timerSeconds: row.timer_seconds,
    request: row.request === 1,
    picture: row.picture,
    timedUpTo: row.timed_up_to,
  };
}
