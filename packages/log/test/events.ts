import { create } from "@bufbuild/protobuf";
import {
  type Content,
  ContentSchema,
  ConversationKind,
  type Event,
  EventSchema,
  HistoryPolicy,
  type Role,
} from "@parley/protocol";

export const ana = "ana";
export const ben = "ben";
export const eve = "eve";

/** An event of conversation "c" by Ana at `seq`, received `seq` seconds after 1970. */
export function event(seq: number, body: Event["body"], rest: { author?: string; ordinal?: number } = {}): Event {
  return create(EventSchema, { log: "c", seq, id: `e${seq}`, author: ana, receivedAt: seq * 1000, ...rest, body });
}

/** Ana begins a group with the others. */
export function groupCreated(others: readonly string[], history = HistoryPolicy.SINCE_JOINED): Event {
  const kind = ConversationKind.GROUP;
  return event(1, bodyOf({ case: "created", value: { kind, history, title: "Tea", members: [ana, ...others] } }), {
    ordinal: 1,
  });
}

export function posted(seq: number, text: string | undefined, author = ana): Event {
  const content = text === undefined ? {} : { content: plain(text) };
  return event(seq, bodyOf({ case: "posted", value: content }), { author, ordinal: seq });
}

/** A message that disappears: at 60 s after it is read, and some time later if it never is. */
export function postedWithTimer(seq: number, text: string, author = ana): Event {
  const expiry = { seconds: 60, at: 900_000, running: false };
  return event(seq, bodyOf({ case: "posted", value: { content: plain(text), expiry } }), { author, ordinal: seq });
}

export function expiryBegun(seq: number, target: string, at: number, author = ana): Event {
  return event(seq, bodyOf({ case: "expiryBegun", value: { target, at } }), { author });
}

export function expired(seq: number, target: string, author = ana): Event {
  return event(seq, bodyOf({ case: "erased", value: { target, expired: true } }), { author });
}

export function timerSet(seq: number, seconds: number): Event {
  return event(seq, bodyOf({ case: "timerSet", value: { seconds } }), { ordinal: seq });
}

export function edited(seq: number, target: string, text: string | undefined): Event {
  const content = text === undefined ? {} : { content: plain(text) };
  return event(seq, bodyOf({ case: "edited", value: { target, ...content } }));
}

export function erased(seq: number, target: string, author = ana): Event {
  return event(seq, bodyOf({ case: "erased", value: { target } }), { author });
}

export function reactionSet(seq: number, target: string, emoji: string, author = ana): Event {
  return event(seq, bodyOf({ case: "reactionSet", value: { target, emoji } }), { author });
}

export function reactionUnset(seq: number, target: string, emoji: string, author = ana): Event {
  return event(seq, bodyOf({ case: "reactionUnset", value: { target, emoji } }), { author });
}

export function messagePinned(seq: number, target: string): Event {
  return event(seq, bodyOf({ case: "messagePinned", value: { target } }), { ordinal: seq });
}

export function messageUnpinned(seq: number, target: string): Event {
  return event(seq, bodyOf({ case: "messageUnpinned", value: { target } }));
}

export function membersAdded(seq: number, accounts: string[]): Event {
  return event(seq, bodyOf({ case: "membersAdded", value: { accounts } }), { ordinal: seq });
}

export function membersRemoved(seq: number, accounts: string[]): Event {
  return event(seq, bodyOf({ case: "membersRemoved", value: { accounts } }), { ordinal: seq });
}

export function memberLeft(seq: number, author: string): Event {
  return event(seq, bodyOf({ case: "memberLeft", value: {} }), { author, ordinal: seq });
}

export function titleSet(seq: number, title: string): Event {
  return event(seq, bodyOf({ case: "titleSet", value: { title } }), { ordinal: seq });
}

export function roleSet(seq: number, account: string, role: Role): Event {
  return event(seq, bodyOf({ case: "roleSet", value: { account, role } }), { ordinal: seq });
}

export function descriptionSet(seq: number, description: string): Event {
  return event(seq, bodyOf({ case: "descriptionSet", value: { description } }), { ordinal: seq });
}

export function pictureSet(seq: number, picture: string): Event {
  return event(seq, bodyOf({ case: "pictureSet", value: { picture } }), { ordinal: seq });
}

export function inviteMade(seq: number, more: { expiresAt?: number; maxUses?: number } = {}, author = ana): Event {
  return event(seq, bodyOf({ case: "inviteMade", value: { label: "Poster", ...more } }), { author });
}

export function inviteRevoked(seq: number, invite: string): Event {
  return event(seq, bodyOf({ case: "inviteRevoked", value: { invite } }));
}

export function memberJoined(seq: number, author: string, invite: string): Event {
  return event(seq, bodyOf({ case: "memberJoined", value: { invite, inviter: ana } }), { author, ordinal: seq });
}

export function joinRequested(seq: number, author: string, invite: string): Event {
  const value = { invite, inviter: ana, userName: author, displayName: author.toUpperCase() };
  return event(seq, bodyOf({ case: "joinRequested", value }), { author });
}

export function joinRequestEnded(seq: number, account: string, author = ana): Event {
  return event(seq, bodyOf({ case: "joinRequestEnded", value: { account } }), { author });
}

export function memberLetIn(seq: number, account: string): Event {
  return event(seq, bodyOf({ case: "memberLetIn", value: { account, inviter: ana } }), { ordinal: seq });
}

export function plain(text: string): Content {
  return create(ContentSchema, { form: { case: "plain", value: { text } } });
}

type EventInit = NonNullable<Parameters<typeof create<typeof EventSchema>>[1]>;

/** A body as the schema's constructor makes it. */
function bodyOf(body: NonNullable<EventInit["body"]>): Event["body"] {
  return create(EventSchema, { body }).body;
}
