import type { ConversationView, NewestView } from "@parley/client";
import { oneLine } from "../../../rich-text/one-line.ts";
import {
  conversationPicture,
  conversationSeed,
  conversationTitle,
  isOnline,
  typingText,
} from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import { isolatedName } from "../../../texts/isolated-name.ts";
import { type ShownStatus, shownStatus } from "../../../texts/shown-status.ts";
import { systemText } from "../../../texts/system-text.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { type BlockablePerson, blockablePerson } from "../../blocking/view-model/blockable-person.ts";
import { type ShownPreferences, shownPreferences } from "../../preferences/view-model/preference-deeds.ts";

/** One line of the list, ready to draw. */
export interface ConversationItem extends ShownPreferences {
  readonly id: string;
  readonly title: string;
  readonly seed: string;
  readonly picture: "person" | "group" | "notes";
  /** Its own picture; undefined where it has none. */
  readonly image: string | undefined;
  readonly group: boolean;
  /** It is a group, and one is a member of it. */
  readonly canLeave: boolean;
  readonly online: boolean;
  readonly time: string;
  readonly fullTime: string;
  readonly preview: Preview;
  /** Of one's own newest message. */
  readonly status: ShownStatus | undefined;
  readonly unread: number;
  /** By oneself, whatever is read. */
  readonly markedUnread: boolean;
  /** In threads of it that one follows. */
  readonly unreadInThreads: number;
  /** Those of the unread that mention oneself, in threads of it, too: they ask for attention also where it is muted. */
  readonly mentions: number;
  /** That it is muted, and until when; empty if it is not. */
  readonly mutedText: string;
  /** The other one of a direct conversation. */
  readonly person: BlockablePerson | undefined;
  /** It waits among the message requests, or was declined there. */
  readonly requested: boolean;
}

export interface Preview {
  readonly kind: "message" | "quiet" | "typing" | "draft";
  /** "You:", "Ana:", "Draft:" */
  readonly lead: string | undefined;
  readonly text: string;
}

/** More than the widest list has room for. */
const PREVIEW_CHARACTERS = 160;

/** What a line depends on beside its conversation. */
export interface Surroundings {
  readonly selected: boolean;
  readonly connected: boolean;
}

export function conversationItem(
  conversation: ConversationView,
  { selected, connected }: Surroundings,
  texts: Texts,
  format: TimeFormat,
  now: number,
): ConversationItem {
  const preview = previewOf(conversation, selected, texts);
  const status = preview.kind === "message" ? conversation.newest?.status : undefined;
  return {
    id: conversation.id,
    title: conversationTitle(conversation, texts),
    seed: conversationSeed(conversation),
    picture: conversationPicture(conversation.kind),
    image: conversation.picture,
    group: conversation.kind === "group",
    canLeave: conversation.kind === "group" && conversation.writable,
    online: isOnline(conversation),
    time: format.short(conversation.at, now),
    fullTime: format.full(conversation.at),
    preview,
    status: status === undefined ? undefined : shownStatus(status, connected),
    unread: conversation.unread,
    markedUnread: conversation.markedUnread === true,
    unreadInThreads: conversation.unreadInThreads ?? 0,
    mentions: conversation.mentions + (conversation.mentionsInThreads ?? 0),
    ...shownPreferences(conversation),
    mutedText: mutedText(conversation.mutedUntil, texts, format, now),
    person: blockablePerson(conversation, texts),
    requested: isRequested(conversation),
  };
}

/** Whether a stranger has begun it, who is not told anything. */
function isRequested({ request }: ConversationView): boolean {
  return request === "open" || request === "declined";
}

/** Whether anything in it is unread, or it is marked so. */
export function isUnread({ unread, markedUnread }: Pick<ConversationItem, "unread" | "markedUnread">): boolean {
  return unread > 0 || markedUnread;
}

/** Whether a line asks for attention. */
export function asksForAttention(item: ConversationItem): boolean {
  return item.mentions > 0 || (isUnread(item) && !item.muted);
}

function mutedText(until: number, texts: Texts, format: TimeFormat, now: number): string {
  if (until === 0) return "";
  return Number.isFinite(until) ? texts.preferences.mutedUntil(format.moment(until, now)) : texts.preferences.muted;
}

/** More than fits into a line; a draft may be of any length, whatever was pasted into it. */
const LONGEST_PREVIEW = 300;

/** What is happening goes before what was begun, and that before what was said. The draft of the open conversation is in its composer. */
function previewOf(conversation: ConversationView, selected: boolean, texts: Texts): Preview {
  const words = texts.conversations;
  const { kind } = conversation;
  const typing = typingText(conversation, texts);
  if (typing !== "") return { kind: "typing", lead: undefined, text: kind === "direct" ? words.typing : typing };
  if (conversation.draft !== "" && !selected) {
    return { kind: "draft", lead: words.draft, text: conversation.draft.slice(0, LONGEST_PREVIEW) };
  }
  if (isRequested(conversation)) return { kind: "quiet", lead: undefined, text: texts.requests.preview };
  const { newest } = conversation;
  if (newest === undefined) return { kind: "quiet", lead: undefined, text: words.empty };
  switch (newest.kind) {
    case "message":
      return {
        kind: "message",
        lead: leadOf(conversation, words.own),
        text: oneLine(newest.text, newest.mentions, PREVIEW_CHARACTERS),
      };
    case "deleted":
    case "expired":
    case "withheld":
      return { kind: "quiet", lead: leadOf(conversation, words.own), text: words[newest.kind] };
    case "system":
      return { kind: "quiet", lead: undefined, text: deedText(newest, texts) };
  }
}

function deedText({ what, mine, authorName }: NewestView, texts: Texts): string {
  return what === undefined ? texts.conversations.system : systemText(what, mine, authorName, texts);
}

function leadOf({ kind, newest }: ConversationView, own: string): string | undefined {
  if (newest === undefined || kind === "notes") return undefined;
  if (newest.mine) return own;
  return kind === "group" && newest.authorName !== "" ? `${isolatedName(firstWord(newest.authorName))}:` : undefined;
}

function firstWord(name: string): string {
  return name.split(/\s/u, 1)[0] ?? name;
}
