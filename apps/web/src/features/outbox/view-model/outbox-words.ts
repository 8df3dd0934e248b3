import type { CommandDeed, ConnectionView, OutboxGroup, OutboxItem } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { timeSpan } from "../../../texts/time-span.ts";

export interface OutboxWords {
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly now: number;
}

/**
 * What a command does, in words.
 *
 * @param titleOf what a conversation is called
 */
export function deedText(what: CommandDeed, texts: Texts, titleOf: (conversation: string) => string): string {
  const words = texts.outbox.deeds;
  switch (what.kind) {
    case "message":
      return words.message(what.text);
    case "edit":
      return words.edit(what.text);
    case "delete":
      return words.delete(what.of);
    case "withdraw":
      return words.withdraw(what.of);
    case "reaction":
      return what.set ? words.reaction(what.emoji, what.of) : words.reactionTaken(what.emoji, what.of);
    case "pin":
      return what.pinned ? words.pinMessage(what.of) : words.unpinMessage(what.of);
    case "create":
      return what.title === "" ? words.start : words.create(what.title);
    case "add-members":
      return words.add(namesOf(what.names, texts));
    case "remove-members":
      return words.remove(namesOf(what.names, texts));
    case "leave":
      return words.leave;
    case "join":
      return words.join;
    case "invite":
      return words.invite(what.label);
    case "cancel-join":
      return words.cancelJoin;
    case "answer-join":
      return what.accept ? words.letIn : words.declineJoin;
    case "revoke-invite":
      return words.revokeInvite;
    case "follow":
      return what.following ? words.follow : words.unfollow;
    case "title":
      return words.title(what.title);
    case "role":
      return words.role[what.role](what.name || texts.common.unknownPerson);
    case "description":
      return words.description(what.description);
    case "picture":
      return what.empty ? words.picture.remove : words.picture.set;
    case "timer":
      return words.timer(what.seconds === 0 ? "" : timeSpan(what.seconds, texts));
    case "preference":
      return words[what.what](titleOf(what.of));
    case "schedule":
      return words.schedule(what.text);
    case "unschedule":
      return words.unschedule;
    case "block":
      return (what.blocked ? words.block : words.unblock)(what.name || texts.common.unknownPerson);
    case "report":
      return words.report(titleOf(what.of));
    case "other":
      return words.other;
  }
}

function namesOf(names: readonly string[], texts: Texts): string {
  return texts.list(names.map((name) => name || texts.common.unknownPerson));
}

/** Why a queue waits: for the connection, or for what the server said. */
export function waitText(group: OutboxGroup, connection: ConnectionView, words: OutboxWords): string {
  const { waits } = words.texts.outbox;
  switch (connection.kind) {
    case "online":
      return queueText(group, words);
    case "signed-out":
      return waits.signedOut;
    case "device-closed":
      return waits.deviceClosed;
    case "superseded":
    case "store-failed":
      return waits.elsewhere;
    case "no-room":
      return waits.room;
    case "syncing":
      return waits.sending;
    default:
      return waits.network;
  }
}

function queueText({ why }: OutboxGroup, { texts, format, now }: OutboxWords): string {
  const { waits } = texts.outbox;
  switch (why.kind) {
    case "sending":
      return waits.sending;
    case "checking":
      return waits.checking;
    case "put-off":
      return why.until > now ? waits.until(waits.putOff[why.reason], format.time(why.until)) : waits.putOff[why.reason];
  }
}

/** How it stands with one command; empty where its group says it. */
export function stateText({ state }: OutboxItem, title: string, texts: Texts): string {
  switch (state.kind) {
    case "waiting":
      return "";
    case "held":
      return texts.outbox.waits.creation(title);
    case "failed":
      return texts.outbox.failed(texts.refused[state.code] ?? texts.refusedOtherwise);
  }
}

/** What becomes of a command that is discarded; undefined if nobody has seen it. */
export function discardWarning({ what, possiblySent, state }: OutboxItem, texts: Texts): string | undefined {
  if (!possiblySent || state.kind === "failed") return undefined;
  return what.kind === "message" ? texts.outbox.mayBeSeen : texts.outbox.mayBeDone;
}
