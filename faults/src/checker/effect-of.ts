import { create } from "@bufbuild/protobuf";
import { memberOf } from "@parley/log";
import {
  type Command,
  ConversationKind,
  type Create,
  CreatedSchema,
  DescriptionSetSchema,
  EditedSchema,
  type Entry,
  ErasedSchema,
  type Event,
  HistoryPolicy,
  hashOfSecret,
  InviteMadeSchema,
  InviteRevokedSchema,
  isSameHash,
  type MakeInvite,
  MemberJoinedSchema,
  MemberLeftSchema,
  MembersAddedSchema,
  MembersRemovedSchema,
  MessagePinnedSchema,
  MessageUnpinnedSchema,
  NoEffectSchema,
  PostedSchema,
  ReactionSetSchema,
  ReactionUnsetSchema,
  RoleSetSchema,
  TimerSetSchema,
  TitleSetSchema,
} from "@parley/protocol";
import type { LogHistory } from "@parley/simulation/oracle";

type Effect = Event["body"];

const none: Effect = { case: "noEffect", value: create(NoEffectSchema) };

/** What an accepted command did to a log that stood like this: docs/protocol.md leaves no choice. Content is left out, as in stored events. */
export function effectOf({ body }: Command, author: string, before: LogHistory, receivedAt: number): Effect {
  switch (body.case) {
    case "create":
      return before.head > 0 ? none : { case: "created", value: createdBy(author, body.value) };
    case "post":
      return { case: "posted", value: create(PostedSchema) };
    case "edit":
      return { case: "edited", value: create(EditedSchema, { target: body.value.target }) };
    case "delete":
    case "withdraw":
      return erasure(before, body.value.target);
    case "setReaction": {
      const { target, emoji } = body.value;
      if (hasReacted(before, target, emoji, author)) return none;
      return { case: "reactionSet", value: create(ReactionSetSchema, { target, emoji }) };
    }
    case "unsetReaction": {
      const { target, emoji } = body.value;
      if (!hasReacted(before, target, emoji, author)) return none;
      return { case: "reactionUnset", value: create(ReactionUnsetSchema, { target, emoji }) };
    }
    case "addMembers": {
      const accounts = [...new Set(body.value.accounts)].filter((account) => !before.isPresent(account));
      return accounts.length === 0 ? none : { case: "membersAdded", value: create(MembersAddedSchema, { accounts }) };
    }
    case "removeMembers": {
      const accounts = presentAmong(before, body.value.accounts);
      return accounts.length === 0
        ? none
        : { case: "membersRemoved", value: create(MembersRemovedSchema, { accounts }) };
    }
    case "leave":
      return { case: "memberLeft", value: create(MemberLeftSchema) };
    case "setTitle": {
      const { title } = body.value;
      return before.state?.title === title ? none : { case: "titleSet", value: create(TitleSetSchema, { title }) };
    }
    case "setDescription": {
      const { description } = body.value;
      if (before.state?.description === description) return none;
      return { case: "descriptionSet", value: create(DescriptionSetSchema, { description }) };
    }
    case "setTimer": {
      const { seconds } = body.value;
      return before.state?.timerSeconds === seconds
        ? none
        : { case: "timerSet", value: create(TimerSetSchema, { seconds }) };
    }
    case "setRole": {
      const { account, role } = body.value;
      if (before.state !== undefined && memberOf(before.state, account)?.role === role) return none;
      return { case: "roleSet", value: create(RoleSetSchema, { account, role }) };
    }
    case "pinMessage": {
      const { target } = body.value;
      if (before.state?.pinnedMessages.includes(target) === true) return none;
      return { case: "messagePinned", value: create(MessagePinnedSchema, { target }) };
    }
    case "unpinMessage": {
      const { target } = body.value;
      if (before.state?.pinnedMessages.includes(target) !== true) return none;
      return { case: "messageUnpinned", value: create(MessageUnpinnedSchema, { target }) };
    }
    case "makeInvite":
      return { case: "inviteMade", value: inviteMadeBy(body.value, receivedAt) };
    case "revokeInvite": {
      const { invite } = body.value;
      const stands = before.state?.invites.some(({ id, revoked }) => id === invite && !revoked);
      return stands === true ? { case: "inviteRevoked", value: create(InviteRevokedSchema, { invite }) } : none;
    }
    case "join":
      return entrance(before, author, body.value.secret);
    case "cancelJoin":
    case "answerJoin":
      throw new Error(`No fault run makes ${body.case}: say here what it does before one does.`);
    default:
      return none;
  }
}

function createdBy(author: string, { kind, encryption, history, title, members }: Create) {
  const everybody = [...new Set([author, ...members])];
  const policy = kind === ConversationKind.GROUP ? history : HistoryPolicy.ALL;
  return create(CreatedSchema, { kind, encryption, history: policy, title, members: everybody });
}

function inviteMadeBy({ secretHash, label, lifetimeMs, maxUses, needsApproval }: MakeInvite, receivedAt: number) {
  const expiresAt = lifetimeMs === 0 ? 0 : receivedAt + lifetimeMs;
  return create(InviteMadeSchema, { secretHash, label, expiresAt, maxUses, needsApproval });
}

function entrance(before: LogHistory, account: string, secret: Uint8Array): Effect {
  if (before.isPresent(account)) return none;
  const hash = hashOfSecret(secret);
  const invite = before.state?.invites.find(({ secretHash }) => isSameHash(secretHash, hash));
  if (invite?.needsApproval === true)
    throw new Error("No fault run asks to join: say here what it does before one does.");
  const value = create(MemberJoinedSchema, { invite: invite?.id ?? "", inviter: invite?.maker ?? "" });
  return { case: "memberJoined", value };
}

/** Of what can be erased or withdrawn, only a message that is still there leaves a tombstone. */
function erasure(before: LogHistory, target: string): Effect {
  const entry = newest(before, target);
  if (entry?.body.case !== "message" || entry.body.value.state.case === "deleted") return none;
  return { case: "erased", value: create(ErasedSchema, { target }) };
}

function hasReacted(before: LogHistory, target: string, emoji: string, account: string): boolean {
  const entry = newest(before, target);
  if (entry?.body.case !== "message") return false;
  return entry.body.value.reactions.some((each) => each.emoji === emoji && each.accounts.includes(account));
}

function presentAmong({ state }: LogHistory, accounts: readonly string[]): string[] {
  if (state === undefined) return [];
  return [...new Set(accounts)].filter((account) => memberOf(state, account)?.present === true).sort();
}

function newest(before: LogHistory, id: string): Entry | undefined {
  return before.historyOf(id)?.at(-1);
}
