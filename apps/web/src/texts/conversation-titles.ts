import type { ConversationView } from "@parley/client";
import type { Texts } from "./en.ts";
import { isolatedName } from "./isolated-name.ts";

/** What a conversation is called: its title, the other person, or who is in it. */
export function conversationTitle(conversation: ConversationView, texts: Texts): string {
  if (conversation.title !== "") return conversation.title;
  if (conversation.kind === "notes") return texts.common.notes;
  const names = conversation.people.map((person) => person.displayName).filter((name) => name !== "");
  return names.length > 0 ? texts.list(names.map(isolatedName)) : texts.common.unknownPerson;
}

/** What its avatar's colour comes from: the other person in a direct conversation. */
export function conversationSeed(conversation: ConversationView): string {
  return (conversation.kind === "direct" ? conversation.people[0]?.account : undefined) ?? conversation.id;
}

/** What its avatar is a picture of. */
export function conversationPicture(kind: ConversationView["kind"]): "person" | "group" | "notes" {
  return kind === "group" || kind === "notes" ? kind : "person";
}

/** In a group the person behind the dot could be anybody, so only direct conversations have one. */
export function isOnline(conversation: ConversationView): boolean {
  return conversation.kind === "direct" && conversation.people[0]?.online === true;
}

export function typingText(conversation: ConversationView, texts: Texts): string {
  const typing = conversation.typing.map((name) => isolatedName(name) || texts.common.unknownPerson);
  return texts.typing(typing.slice(0, 2), Math.max(0, typing.length - 2));
}
