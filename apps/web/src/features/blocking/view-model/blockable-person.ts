import type { ConversationView } from "@parley/client";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";

/** Somebody whom one can block, or blocks. */
export interface BlockablePerson {
  readonly account: string;
  readonly name: string;
  readonly blocked: boolean;
}

/** The other one of a direct conversation. */
export function blockablePerson(conversation: ConversationView, texts: Texts): BlockablePerson | undefined {
  const account = conversation.kind === "direct" ? conversation.people[0]?.account : undefined;
  if (account === undefined) return undefined;
  return { account, name: conversationTitle(conversation, texts), blocked: conversation.blocked === true };
}
