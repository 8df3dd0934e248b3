import { create } from "@bufbuild/protobuf";
import {
  type Content,
  DeletionSchema,
  type Entry,
  EntrySchema,
  type Envelope,
  type Event,
  type Expiry,
  type ExpiryBegun,
  ExpirySchema,
  type Message,
  MessageSchema,
  type Reaction,
  ReactionSchema,
  type SystemEntry,
  SystemEntrySchema,
  type ThreadSummary,
  WithheldSchema,
} from "@parley/protocol";

/** The entry that an event makes; undefined for events that change another entry or none. */
export function entryOf(event: Event): Entry | undefined {
  const body = entryBody(event);
  if (body === undefined) return undefined;
  return {
    $typeName: "parley.v1.Entry",
    id: event.id,
    conversation: event.log,
    ordinal: event.ordinal,
    seq: event.seq,
    rev: event.seq,
    contentRev: event.seq,
    author: event.author,
    sentAt: event.sentAt,
    receivedAt: event.receivedAt,
    body,
  };
}

/** The id of the entry that an event changes; undefined for events that make one or change none. */
export function targetOf(event: Event): string | undefined {
  switch (event.body.case) {
    case "edited":
    case "erased":
    case "reactionSet":
    case "reactionUnset":
    case "expiryBegun":
      return event.body.value.target;
    case "threadChanged":
      return event.body.value.root;
    default:
      return undefined;
  }
}

/**
 * Applies an event to the entry it targets. An event that the row already holds (seq ≤ rev), or whose target is another entry, returns the same object.
 * Nothing brings back a deleted message: of later events it only follows what becomes of its thread.
 */
export function applyToEntry(entry: Entry, event: Event): Entry {
  if (event.seq <= entry.rev || targetOf(event) !== entry.id || entry.body.case !== "message") return entry;
  const before = entry.body.value;
  const after = applyToMessage(before, event);
  const contentChanged = after.state !== before.state;
  return create(EntrySchema, {
    ...entry,
    rev: event.seq,
    contentRev: contentChanged ? event.seq : entry.contentRev,
    body: { case: "message", value: after },
  });
}

function applyToMessage(message: Message, event: Event): Message {
  if (event.body.case === "threadChanged") return withThread(message, event.body.value.summary);
  // What a device has erased by its own clock is not gone in the log yet.
  if (message.state.case === "deleted" && message.expiry === undefined) return message;
  switch (event.body.case) {
    case "edited":
      return create(MessageSchema, {
        ...message,
        ...optionalEnvelope(event.body.value.envelope ?? message.envelope),
        state: contentState(event.body.value.content),
        editedAt: event.receivedAt,
      });
    case "erased":
      return erasedMessage(message, event.author, event.receivedAt, event.body.value.expired);
    case "expiryBegun":
      return withExpiryBegun(message, event.body.value);
    case "reactionSet":
      return create(MessageSchema, {
        ...message,
        reactions: withReaction(message.reactions, event.body.value.emoji, event.author),
      });
    case "reactionUnset":
      return create(MessageSchema, {
        ...message,
        reactions: withoutReaction(message.reactions, event.body.value.emoji, event.author),
      });
    default:
      return message;
  }
}

/** Nothing is left but who deleted it, when, and the thread below it. */
export function erasedMessage({ thread }: Message, by: string, at: number, expired: boolean): Message {
  const value = create(DeletionSchema, { by, at, expired });
  return create(MessageSchema, { state: { case: "deleted", value }, ...(thread && { thread }) });
}

/** What stays has no time that could begin. */
function withExpiryBegun(message: Message, { at }: ExpiryBegun): Message {
  if (message.expiry === undefined) return message;
  const expiry = create(ExpirySchema, { ...message.expiry, at, running: true });
  return create(MessageSchema, { ...message, expiry });
}

/** The thread outlives the message that it answers. */
function withThread(message: Message, thread: ThreadSummary | undefined): Message {
  return create(MessageSchema, { ...message, ...(thread && { thread }) });
}

/** Content that the frame did not carry counts as withheld until the row is fetched. */
function contentState(content: Content | undefined): Message["state"] {
  return content === undefined
    ? { case: "withheld", value: create(WithheldSchema) }
    : { case: "content", value: content };
}

function withReaction(reactions: readonly Reaction[], emoji: string, account: string): Reaction[] {
  const existing = reactions.find((reaction) => reaction.emoji === emoji);
  if (existing === undefined) return [...reactions, create(ReactionSchema, { emoji, accounts: [account] })];
  if (existing.accounts.includes(account)) return [...reactions];
  return reactions.map((reaction) =>
    reaction === existing ? create(ReactionSchema, { emoji, accounts: [...reaction.accounts, account] }) : reaction,
  );
}

function withoutReaction(reactions: readonly Reaction[], emoji: string, account: string): Reaction[] {
  return reactions
    .map((reaction) =>
      reaction.emoji === emoji
        ? create(ReactionSchema, { emoji, accounts: reaction.accounts.filter((other) => other !== account) })
        : reaction,
    )
    .filter((reaction) => reaction.accounts.length > 0);
}

function entryBody(event: Event): Entry["body"] | undefined {
  switch (event.body.case) {
    case "posted": {
      const { envelope, content, expiry } = event.body.value;
      return {
        case: "message",
        value: {
          $typeName: "parley.v1.Message",
          ...optionalEnvelope(envelope),
          ...optionalExpiry(expiry),
          state: contentState(content),
          editedAt: 0,
          reactions: [],
        },
      };
    }
    case "created":
    case "membersAdded":
    case "membersRemoved":
    case "memberLeft":
    case "titleSet":
    case "roleSet":
    case "descriptionSet":
    case "pictureSet":
    case "messagePinned":
    case "memberJoined":
    case "memberLetIn":
    case "timerSet":
      return { case: "system", value: systemEntry(event.body) };
    default:
      return undefined;
  }
}

function systemEntry(what: NonNullable<SystemEntry["what"]>): SystemEntry {
  return create(SystemEntrySchema, { what });
}

function optionalEnvelope(envelope: Envelope | undefined): { envelope?: Envelope } {
  return envelope === undefined ? {} : { envelope };
}

function optionalExpiry(expiry: Expiry | undefined): { expiry?: Expiry } {
  return expiry === undefined ? {} : { expiry };
}
