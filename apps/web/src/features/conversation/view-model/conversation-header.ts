import type { ConversationView, RequestState } from "@parley/client";
import { conversationSeed, conversationTitle, isOnline } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { type BlockablePerson, blockablePerson } from "../../blocking/view-model/blockable-person.ts";
import { type ShownPreferences, shownPreferences } from "../../preferences/view-model/preference-deeds.ts";

export interface ConversationHeader {
  readonly title: string;
  /** Presence or members, in words. */
  readonly subtitle: string;
  readonly seed: string;
  readonly kind: ConversationView["kind"];
  /** Its own picture; undefined where it has none. */
  readonly image: string | undefined;
  readonly online: boolean;
  readonly preferences: ShownPreferences;
  /** The other one of a direct conversation. */
  readonly person: BlockablePerson | undefined;
  /** Where it is a message request. */
  readonly request: RequestState | undefined;
  /** How many wait to be let in. */
  readonly joinRequests: number;
}

export function conversationHeader(
  conversation: ConversationView,
  texts: Texts,
  format: TimeFormat,
  now: number,
): ConversationHeader {
  return {
    title: conversationTitle(conversation, texts),
    subtitle: subtitleOf(conversation, texts, format, now),
    seed: conversationSeed(conversation),
    kind: conversation.kind,
    image: conversation.picture,
    online: isOnline(conversation),
    preferences: shownPreferences(conversation),
    person: blockablePerson(conversation, texts),
    request: conversation.request,
    joinRequests: conversation.joinRequests ?? 0,
  };
}

function subtitleOf(conversation: ConversationView, texts: Texts, format: TimeFormat, now: number): string {
  switch (conversation.kind) {
    case "direct": {
      if (isOnline(conversation)) return texts.common.online;
      // Of who hides it, and without a connection, nobody knows.
      const lastSeen = conversation.people[0]?.lastSeen;
      return lastSeen === undefined ? "" : texts.common.lastSeen(format.moment(lastSeen, now));
    }
    case "notes":
      return "";
    case "group":
    case "thread": {
      const online = conversation.people.filter((person) => person.online).length;
      const members = texts.conversation.members(conversation.memberCount);
      // Of larger groups the list knows only some people, so a count would be wrong.
      const known = conversation.people.length === conversation.memberCount - 1;
      return online === 0 || !known ? members : `${members}, ${texts.conversation.onlineCount(online)}`;
    }
  }
}
