import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  CommandSchema,
  ConversationKind,
  Encryption,
  HistoryPolicy,
  hashOfSecret,
  RejectionCode,
  type Role,
  threadConversationId,
  type Verdict,
} from "@parley/protocol";
import type { Coverage } from "./coverage.ts";
import { expectThat } from "./expectation.ts";
import { freshId } from "./ids.ts";

export type CommandInit = MessageInitShape<typeof CommandSchema>;
type Body = NonNullable<CommandInit["body"]>;

/** A command with an id of its own. */
export function command(log: string, body: Body, id: string = freshId()): CommandInit & { id: string; log: string } {
  return { id, log, sentAt: Date.now(), body };
}

export function post(log: string, text: string, id: string = freshId()) {
  return command(log, { case: "post", value: { content: { form: { case: "plain", value: { text } } } } }, id);
}

export function reply(log: string, replyTo: string, text: string) {
  return command(log, { case: "post", value: { content: { form: { case: "plain", value: { text, replyTo } } } } });
}

export function createGroup(
  members: readonly string[],
  settings: { log?: string; history?: HistoryPolicy; title?: string } = {},
) {
  const { log = freshId(), history = HistoryPolicy.SINCE_JOINED, title = "" } = settings;
  const kind = ConversationKind.GROUP;
  return command(log, {
    case: "create",
    value: { kind, encryption: Encryption.NONE, history, title, members: [...members] },
  });
}

/** Writes a command as a submission carries it: in protobuf, whatever the encoding of the frame. */
export function encodeCommand(init: CommandInit, coverage: Coverage, encoding: string): Uint8Array {
  const message = create(CommandSchema, init);
  coverage.message("sent", encoding, CommandSchema, message);
  return toBinary(CommandSchema, message);
}

export function verdictOf(answer: Answer | undefined): Verdict {
  expectThat(answer?.outcome.case === "verdict", "a verdict", answer);
  return answer.outcome.value;
}

/** The seq of a command that must have been accepted. */
export function expectAccepted(answer: Answer | undefined): number {
  const { outcome } = verdictOf(answer);
  expectThat(outcome.case === "accepted", "the command to be accepted", outcome);
  return outcome.value.seq;
}

export function expectRejected(answer: Answer | undefined, code: RejectionCode): void {
  const { outcome } = verdictOf(answer);
  const right = outcome.case === "rejected" && outcome.value.code === code;
  expectThat(right, `the command to be rejected with ${RejectionCode[code]}`, outcome);
  expectThat(outcome.value.reason !== "", "a rejection to give a reason");
}

export function edit(log: string, target: string, text: string) {
  return command(log, { case: "edit", value: { target, content: { form: { case: "plain", value: { text } } } } });
}

export function erase(log: string, target: string) {
  return command(log, { case: "delete", value: { target } });
}

export function withdraw(log: string, target: string) {
  return command(log, { case: "withdraw", value: { target } });
}

export function react(log: string, target: string, emoji: string) {
  return command(log, { case: "setReaction", value: { target, emoji } });
}

export function unreact(log: string, target: string, emoji: string) {
  return command(log, { case: "unsetReaction", value: { target, emoji } });
}

export function addMembers(log: string, accounts: readonly string[]) {
  return command(log, { case: "addMembers", value: { accounts: [...accounts] } });
}

export function removeMembers(log: string, accounts: readonly string[]) {
  return command(log, { case: "removeMembers", value: { accounts: [...accounts] } });
}

export function leave(log: string) {
  return command(log, { case: "leave", value: {} });
}

export function setRole(log: string, account: string, role: Role) {
  return command(log, { case: "setRole", value: { account, role } });
}

export function setDescription(log: string, description: string) {
  return command(log, { case: "setDescription", value: { description } });
}

export function setPicture(log: string, picture: Uint8Array) {
  return command(log, { case: "setPicture", value: { picture } });
}

/** Begins one's notes, or finds them begun. */
export function ensureNotes(log: string) {
  return command(log, { case: "create", value: { kind: ConversationKind.NOTES, encryption: Encryption.NONE } });
}

interface InviteBounds {
  readonly label?: string;
  readonly lifetimeMs?: number;
  readonly maxUses?: number;
  readonly needsApproval?: boolean;
}

export function makeInvite(
  log: string,
  secret: Uint8Array,
  { label = "", lifetimeMs = 0, maxUses = 0, needsApproval = false }: InviteBounds = {},
) {
  const value = { secretHash: hashOfSecret(secret), label, lifetimeMs, maxUses, needsApproval };
  return command(log, { case: "makeInvite", value });
}

export function revokeInvite(log: string, invite: string) {
  return command(log, { case: "revokeInvite", value: { invite } });
}

export function join(log: string, secret: Uint8Array) {
  return command(log, { case: "join", value: { secret } });
}

/** Begins the thread below a message, or follows it. */
export function ensureThread(parent: string, root: string) {
  const kind = ConversationKind.THREAD;
  return command(threadConversationId(parent, root), {
    case: "create",
    value: { kind, encryption: Encryption.NONE, history: HistoryPolicy.ALL, parent, root },
  });
}

export function setFollowing(log: string, following: boolean) {
  return command(log, { case: "setFollowing", value: { following } });
}

export function cancelJoin(log: string) {
  return command(log, { case: "cancelJoin", value: {} });
}

export function answerJoin(log: string, account: string, accept: boolean) {
  return command(log, { case: "answerJoin", value: { account, accept } });
}

export function setTitle(log: string, title: string) {
  return command(log, { case: "setTitle", value: { title } });
}

export function setTimer(log: string, seconds: number) {
  return command(log, { case: "setTimer", value: { seconds } });
}

export function pinMessage(log: string, target: string) {
  return command(log, { case: "pinMessage", value: { target } });
}

export function unpinMessage(log: string, target: string) {
  return command(log, { case: "unpinMessage", value: { target } });
}
