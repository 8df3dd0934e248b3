import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Encryption } from "./gen/parley/v1/conversation_pb.ts";
import { formatUuid } from "./ids.ts";

/** The conversation of two accounts: the same whoever starts it, so that two people who start it offline meet in one. */
export function directConversationId(one: string, other: string, encryption: Encryption): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  return derive("direct", String(encryption), first, second);
}

/** An account's conversation with itself. */
export function notesConversationId(account: string): string {
  return derive("notes", account);
}

/** The thread below one message. */
export function threadConversationId(conversation: string, rootMessage: string): string {
  return derive("thread", conversation, rootMessage);
}

/** The id of what a follower makes of one version of a message: doing it twice is doing it once. */
export function followerCommandId(follower: string, subject: string, version: number): string {
  return derive("follower", follower, subject, String(version));
}

/** The id of an event that a command has as a consequence in another log: one for each log and account. Ids of commands are each log's own, so its log counts. */
export function consequenceId(
  { log: source, id }: { readonly log: string; readonly id: string },
  log: string,
  account: string,
): string {
  return derive("consequence", source, id, log, account);
}

function derive(...parts: readonly string[]): string {
  const digest = sha256(utf8ToBytes(`parley.v1:${parts.join(":")}`));
  return formatUuid(digest, 8);
}
