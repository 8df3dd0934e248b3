import { create } from "@bufbuild/protobuf";
import {
  type Conversation,
  ConversationKind,
  ConversationSchema,
  type Event,
  type Followed,
  HistoryPolicy,
  type Member,
  MemberSchema,
  Role,
  type RoleSet,
} from "@parley/protocol";
import { withInvite, withoutInvite, withoutInvitesOfOthers, withUse } from "./fold-invites.ts";
import { withoutRequest, withoutRequestsOfMembers, withRequest } from "./fold-join-requests.ts";
import { isRequestedOf } from "./message-requests.ts";
import { closeInterval, openInterval } from "./visibility.ts";

/** The conversation that a `created` event begins; undefined for any other event. */
export function conversationOf(event: Event): Conversation | undefined {
  if (event.body.case !== "created") return undefined;
  const { kind, encryption, history, title, members, parent, root, request } = event.body.value;
  // What one may do in a thread follows from the parent.
  const roleOfCreator = kind === ConversationKind.THREAD ? Role.MEMBER : Role.OWNER;
  return create(ConversationSchema, {
    id: event.log,
    kind,
    encryption,
    history,
    title,
    parent,
    root,
    request,
    rev: event.seq,
    createdBy: event.author,
    createdAt: event.receivedAt,
    members: members
      .map((account) =>
        create(MemberSchema, {
          account,
          role: account === event.author ? roleOfCreator : Role.MEMBER,
          present: true,
          rev: event.seq,
          intervals: openInterval([], event.seq),
        }),
      )
      .sort(byAccount),
  });
}

/** Applies an event to the state of its conversation. The same object comes back if the event does not concern it or is already held. */
export function applyToConversation(conversation: Conversation, event: Event): Conversation {
  if (event.seq <= conversation.rev) return conversation;
  switch (event.body.case) {
    case "titleSet":
      return create(ConversationSchema, { ...conversation, title: event.body.value.title, rev: event.seq });
    case "descriptionSet":
      return create(ConversationSchema, { ...conversation, description: event.body.value.description, rev: event.seq });
    case "pictureSet":
      return create(ConversationSchema, { ...conversation, picture: event.body.value.picture, rev: event.seq });
    case "timerSet":
      return create(ConversationSchema, { ...conversation, timerSeconds: event.body.value.seconds, rev: event.seq });
    case "posted":
      if (!isRequestedOf(conversation, event.author)) return conversation;
      return create(ConversationSchema, { ...conversation, request: false, rev: event.seq });
    case "roleSet":
      return withMembers(conversation, event.seq, assigned(conversation, event.body.value, event.seq));
    case "membersAdded":
      return withMembers(conversation, event.seq, added(conversation, event.body.value.accounts, event.seq));
    case "membersRemoved":
      return withMembers(conversation, event.seq, removed(conversation, event.body.value.accounts, event.seq));
    case "memberLeft":
      return withMembers(conversation, event.seq, removed(conversation, [event.author], event.seq));
    case "memberJoined": {
      const joined = withMembers(conversation, event.seq, added(conversation, [event.author], event.seq));
      return withUse(joined, event.seq, event.body.value.invite);
    }
    case "memberLetIn":
      return withMembers(conversation, event.seq, added(conversation, [event.body.value.account], event.seq));
    case "joinRequested":
      return withRequest(conversation, event);
    case "joinRequestEnded":
      return withoutRequest(conversation, event.seq, event.body.value.account);
    case "inviteMade":
      return withInvite(conversation, event);
    case "inviteRevoked":
      return withoutInvite(conversation, event.seq, event.body.value.invite);
    case "followed":
      return withMembers(conversation, event.seq, [follower(event.author, event.body.value, event.seq)]);
    case "unfollowed":
      return withMembers(conversation, event.seq, removed(conversation, [event.author], event.seq));
    case "messagePinned":
      return withPinned(conversation, event.seq, event.body.value.target);
    case "messageUnpinned":
    case "erased":
      return withoutPinned(conversation, event.seq, event.body.value.target);
    default:
      return conversation;
  }
}

export function memberOf(conversation: Conversation, account: string): Member | undefined {
  return conversation.members.find((member) => member.account === account);
}

/** Whether this account is the one owner there is: a group has always one. */
export function isLastOwner(conversation: Conversation, account: string): boolean {
  const owners = presentMembers(conversation).filter((member) => member.role === Role.OWNER);
  return owners.length === 1 && owners[0]?.account === account;
}

/** Accounts that are members now. */
export function presentMembers(conversation: Conversation): readonly Member[] {
  return conversation.members.filter((member) => member.present);
}

function added(conversation: Conversation, accounts: readonly string[], seq: number): Member[] {
  return accounts.map((account) => {
    const former = memberOf(conversation, account);
    const from = conversation.history === HistoryPolicy.ALL && former === undefined ? 1 : seq;
    return create(MemberSchema, {
      account,
      role: Role.MEMBER,
      present: true,
      rev: seq,
      intervals: openInterval(former?.intervals ?? [], from),
    });
  });
}

/** What a follower may see is inherited, whatever it was before. */
function follower(account: string, { intervals }: Followed, seq: number): Member {
  return create(MemberSchema, { account, role: Role.MEMBER, present: true, rev: seq, intervals });
}

/** A role belongs to a present member: whoever left has none to change. */
function assigned(conversation: Conversation, { account, role }: RoleSet, seq: number): Member[] {
  const member = memberOf(conversation, account);
  return member?.present === true ? [create(MemberSchema, { ...member, role, rev: seq })] : [];
}

function removed(conversation: Conversation, accounts: readonly string[], seq: number): Member[] {
  const leaving = conversation.members.filter((member) => member.present && accounts.includes(member.account));
  const gone = leaving.map((member) =>
    create(MemberSchema, { ...member, present: false, rev: seq, intervals: closeInterval(member.intervals, seq) }),
  );
  const heir = heirAfter(conversation, leaving);
  return heir === undefined ? gone : [...gone, create(MemberSchema, { ...heir, role: Role.OWNER, rev: seq })];
}

/**
 * When the last owner leaves, the admin who has been a member longest becomes owner, and where there is no admin, whoever has been one longest (smallest
 * account id among equals).
 */
function heirAfter(conversation: Conversation, leaving: readonly Member[]): Member | undefined {
  if (!leaving.some((member) => member.role === Role.OWNER)) return undefined;
  const staying = presentMembers(conversation).filter((member) => !leaving.includes(member));
  if (staying.some((member) => member.role === Role.OWNER)) return undefined;
  const admins = staying.filter((member) => member.role === Role.ADMIN);
  const heirs = admins.length > 0 ? admins : staying;
  return [...heirs].sort((one, other) => joinedAt(one) - joinedAt(other) || byAccount(one, other))[0];
}

function joinedAt(member: Member): number {
  return member.intervals.at(-1)?.from ?? 0;
}

function withMembers(conversation: Conversation, rev: number, changed: readonly Member[]): Conversation {
  const changedAccounts = new Set(changed.map((member) => member.account));
  const members = [...conversation.members.filter((member) => !changedAccounts.has(member.account)), ...changed];
  const changedTo = create(ConversationSchema, { ...conversation, rev, members: members.sort(byAccount) });
  return withoutRequestsOfMembers(withoutInvitesOfOthers(changedTo));
}

function withPinned(conversation: Conversation, rev: number, message: string): Conversation {
  if (conversation.pinnedMessages.includes(message)) return conversation;
  return create(ConversationSchema, {
    ...conversation,
    rev,
    pinnedMessages: [...conversation.pinnedMessages, message],
  });
}

function withoutPinned(conversation: Conversation, rev: number, message: string): Conversation {
  if (!conversation.pinnedMessages.includes(message)) return conversation;
  const pinnedMessages = conversation.pinnedMessages.filter((other) => other !== message);
  return create(ConversationSchema, { ...conversation, rev, pinnedMessages });
}

function byAccount(one: Member, other: Member): number {
  return one.account < other.account ? -1 : one.account > other.account ? 1 : 0;
}
