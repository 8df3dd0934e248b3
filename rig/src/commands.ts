import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  ConversationKind,
  Encryption,
  HistoryPolicy,
  hashOfSecret,
  threadConversationId,
  uuidV7,
} from "@parley/protocol";

export function freshId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

function command(log: string, body: MessageInitShape<typeof CommandSchema>["body"], id = freshId()): Command {
  return create(CommandSchema, { id, log, sentAt: Date.now(), ...(body === undefined ? {} : { body }) });
}

export function post(log: string, text: string, id = freshId()): Command {
  return command(log, { case: "post", value: { content: { form: { case: "plain", value: { text } } } } }, id);
}

/** @param replyTo the message that it answers */
export function reply(log: string, text: string, replyTo: string): Command {
  return command(log, { case: "post", value: { content: { form: { case: "plain", value: { text, replyTo } } } } });
}

export function createDirect(log: string, other: string): Command {
  const parameters = { encryption: Encryption.NONE, history: HistoryPolicy.ALL, members: [other] };
  return command(log, { case: "create", value: { kind: ConversationKind.DIRECT, ...parameters } });
}

export function createGroup(log: string, others: readonly string[], history = HistoryPolicy.SINCE_JOINED): Command {
  const parameters = { encryption: Encryption.NONE, history, title: "Group", members: [...others] };
  return command(log, { case: "create", value: { kind: ConversationKind.GROUP, ...parameters } });
}

/** Begins the thread below a message, or follows it. */
export function ensureThread(parent: string, root: string): Command {
  const parameters = { encryption: Encryption.NONE, history: HistoryPolicy.ALL, parent, root };
  return command(threadConversationId(parent, root), {
    case: "create",
    value: { kind: ConversationKind.THREAD, ...parameters },
  });
}

/** After how many seconds messages disappear. */
export function setTimer(log: string, seconds: number): Command {
  return command(log, { case: "setTimer", value: { seconds } });
}

export function addMembers(log: string, accounts: readonly string[]): Command {
  return command(log, { case: "addMembers", value: { accounts: [...accounts] } });
}

export function removeMembers(log: string, accounts: readonly string[]): Command {
  return command(log, { case: "removeMembers", value: { accounts: [...accounts] } });
}

/** A link without an end; whoever knows its secret can join. */
export function makeInvite(log: string, secret: Uint8Array): Command {
  return command(log, { case: "makeInvite", value: { secretHash: hashOfSecret(secret) } });
}

export function join(log: string, secret: Uint8Array, id = freshId()): Command {
  return command(log, { case: "join", value: { secret } }, id);
}

export function leave(log: string, id = freshId()): Command {
  return command(log, { case: "leave", value: {} }, id);
}

export function beginThread(parent: string, root: string): Command {
  const parameters = { encryption: Encryption.NONE, parent, root };
  const log = threadConversationId(parent, root);
  return command(log, { case: "create", value: { kind: ConversationKind.THREAD, ...parameters } });
}

export function setFollowing(log: string, following: boolean): Command {
  return command(log, { case: "setFollowing", value: { following } });
}
