import type { ConversationView } from "@parley/client";
import {
  conversationPicture,
  conversationSeed,
  conversationTitle,
  isOnline,
} from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { Person } from "../../people/view-model/person.ts";

/** Where one could go: a conversation, or a person whom one has no conversation with yet. */
export interface SwitcherOption {
  readonly kind: "conversation" | "person";
  /** Of the conversation or the account. */
  readonly id: string;
  readonly name: string;
  readonly seed: string;
  readonly picture: "person" | "group" | "notes";
  /** Its own picture; undefined where it has none. */
  readonly image: string | undefined;
  readonly online: boolean;
  readonly detail: string;
  readonly unread: number;
}

export function conversationOption(conversation: ConversationView, texts: Texts): SwitcherOption {
  return {
    kind: "conversation",
    id: conversation.id,
    name: conversationTitle(conversation, texts),
    seed: conversationSeed(conversation),
    picture: conversationPicture(conversation.kind),
    image: conversation.picture,
    online: isOnline(conversation),
    detail: detailOf(conversation, texts),
    unread: conversation.unread,
  };
}

export function personOption({ account, userName, displayName }: Person, texts: Texts): SwitcherOption {
  return {
    kind: "person",
    id: account,
    name: displayName,
    seed: account,
    picture: "person",
    image: undefined,
    online: false,
    detail: texts.switcher.person(userName),
    unread: 0,
  };
}

function detailOf({ kind, unread, markedUnread, memberCount, people }: ConversationView, texts: Texts): string {
  if (unread > 0) return texts.conversations.unread(unread);
  if (markedUnread) return texts.conversations.markedUnread;
  if (kind === "group") return texts.conversation.members(memberCount);
  const [other] = people;
  return kind === "direct" && other !== undefined && other.userName !== "" ? `@${other.userName}` : "";
}
