import type { ConversationView, MessageRow, PersonView } from "@parley/client";

export const ana: PersonView = { account: "account-ana", userName: "ana", displayName: "Ana Ruiz", online: true };
export const bo: PersonView = { account: "account-bo", userName: "bo", displayName: "Bo Lind", online: false };

export function messageRow(changes: Partial<MessageRow> = {}): MessageRow {
  return {
    kind: "message",
    id: "message-1",
    ordinal: 1,
    author: ana.account,
    authorName: ana.displayName,
    mine: false,
    at: Date.UTC(2026, 2, 18, 11, 0),
    body: { kind: "text", text: "Hello", edited: false },
    reactions: [],
    status: undefined,
    ...changes,
  };
}

export function conversationView(changes: Partial<ConversationView> = {}): ConversationView {
  return {
    id: "conversation-1",
    kind: "direct",
    title: ana.displayName,
    people: [ana],
    memberCount: 2,
    writable: true,
    newest: undefined,
    at: Date.UTC(2026, 2, 18, 11, 0),
    unread: 0,
    mentions: 0,
    typing: [],
    draft: "",
    pinned: false,
    mutedUntil: 0,
    archived: false,
    ...changes,
  };
}
