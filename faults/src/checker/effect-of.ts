import { create } from "@bufbuild/protobuf";
import { asksToJoin, endOfInvite, expiryAtPosting, memberOf } from "@parley/log";
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
  FollowedSchema,
  HistoryPolicy,
  hashOfSecret,
  type Interval,
  InviteMadeSchema,
  InviteRevokedSchema,
  isSameHash,
  JoinRequestEndedSchema,
  JoinRequestedSchema,
  type MakeInvite,
  MemberJoinedSchema,
  MemberLeftSchema,
  MemberLetInSchema,
  MembersAddedSchema,
  MembersRemovedSchema,
  MessagePinnedSchema,
  MessageUnpinnedSchema,
  NoEffectSchema,
  PictureSetSchema,
  PostedSchema,
  pictureId,
  ReactionSetSchema,
  ReactionUnsetSchema,
  RoleSetSchema,
  TimerSetSchema,
  TitleSetSchema,
  UnfollowedSchema,
} from "@parley/protocol";
import type { LogHistory } from "@parley/simulation/oracle";

type Effect = Event["body"];

const none: Effect = { case: "noEffect", value: create(NoEffectSchema) };

/** Where and when a command is carried out. */
export interface Scene {
  readonly before: LogHistory;
  /** Of a thread's parent. */
  readonly logOf: (id: string) => LogHistory;
  readonly receivedAt: number;
  /** In a thread: the head of its parent. */
  readonly parentSeq: number;
  /** What who begins to follow a thread sees of it, which the oracle judges. */
  readonly sight: readonly Interval[];
  /** Whether the author brings somebody into a group whom they name. */
  readonly brings: (account: string) => boolean;
  /** What the author is called. */
  readonly name: string;
}

/** What an accepted command did to a log that stood like this: docs/protocol.md leaves no choice. Content is left out, as in stored events. */
export function effectOf({ body }: Command, author: string, scene: Scene): Effect {
  const { before, receivedAt } = scene;
  switch (body.case) {
    case "create":
      if (before.head === 0) return { case: "created", value: createdBy(author, body.value, scene) };
      return body.value.kind === ConversationKind.THREAD ? following(author, true, scene) : none;
    case "setFollowing":
      return following(author, body.value.following, scene);
    case "post":
      return { case: "posted", value: postedIn(scene) };
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
      const absent = [...new Set(body.value.accounts)].filter((account) => !before.isPresent(account));
      const accounts = absent.filter(scene.brings);
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
    case "setPicture": {
      const picture = pictureId(body.value.picture);
      return before.state?.picture === picture
        ? none
        : { case: "pictureSet", value: create(PictureSetSchema, { picture }) };
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
      const known = before.state?.invites.find(({ id }) => id === invite);
      if (known === undefined || endOfInvite(known, receivedAt) !== undefined) return none;
      return { case: "inviteRevoked", value: create(InviteRevokedSchema, { invite }) };
    }
    case "join":
      return entrance(author, body.value.secret, scene);
    case "cancelJoin":
      return answer(before, author, false);
    case "answerJoin":
      return answer(before, body.value.account, body.value.accept);
    default:
      return none;
  }
}

function createdBy(author: string, command: Create, { logOf, parentSeq, brings }: Scene) {
  const { kind, encryption, history, title, members, parent, root } = command;
  if (kind === ConversationKind.THREAD) {
    const above = logOf(parent);
    const answered = newest(above, root)?.author;
    const followers = answered !== undefined && above.isPresent(answered, parentSeq) ? [author, answered] : [author];
    const everybody = [...new Set(followers)];
    return create(CreatedSchema, { kind, encryption, history: HistoryPolicy.ALL, members: everybody, parent, root });
  }
  const named = [...new Set([author, ...members])];
  const everybody = kind === ConversationKind.GROUP ? named.filter(brings) : named;
  const policy = kind === ConversationKind.GROUP ? history : HistoryPolicy.ALL;
  return create(CreatedSchema, { kind, encryption, history: policy, title, members: everybody });
}

function inviteMadeBy({ secretHash, label, lifetimeMs, maxUses, needsApproval }: MakeInvite, receivedAt: number) {
  const expiresAt = lifetimeMs === 0 ? 0 : receivedAt + lifetimeMs;
  return create(InviteMadeSchema, { secretHash, label, expiresAt, maxUses, needsApproval });
}

function following(account: string, wants: boolean, { before, sight }: Scene): Effect {
  if (before.isPresent(account) === wants) return none;
  if (!wants) return { case: "unfollowed", value: create(UnfollowedSchema) };
  return { case: "followed", value: create(FollowedSchema, { intervals: [...sight] }) };
}

function postedIn({ before, parentSeq, receivedAt }: Scene) {
  const { state, parent } = before;
  const seconds = (parent === undefined ? state : parent.stateAt(parentSeq))?.timerSeconds ?? 0;
  if (state === undefined || seconds === 0) return create(PostedSchema);
  return create(PostedSchema, { expiry: expiryAtPosting(seconds, state.kind, receivedAt) });
}

function entrance(account: string, secret: Uint8Array, { before, name }: Scene): Effect {
  if (before.isPresent(account)) return none;
  const hash = hashOfSecret(secret);
  const invite = before.state?.invites.find(({ secretHash }) => isSameHash(secretHash, hash));
  const way = { invite: invite?.id ?? "", inviter: invite?.maker ?? "" };
  if (invite?.needsApproval !== true) return { case: "memberJoined", value: create(MemberJoinedSchema, way) };
  if (before.state !== undefined && asksToJoin(before.state, account)) return none;
  const asked = { ...way, userName: name, displayName: name };
  return { case: "joinRequested", value: create(JoinRequestedSchema, asked) };
}

/** Of who asks to be let in, and has no answer yet. */
function answer({ state }: LogHistory, account: string, accept: boolean): Effect {
  const request = state?.joinRequests.find((one) => one.account === account);
  if (request === undefined) return none;
  const { inviter } = request;
  return accept
    ? { case: "memberLetIn", value: create(MemberLetInSchema, { account, inviter }) }
    : { case: "joinRequestEnded", value: create(JoinRequestEndedSchema, { account }) };
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
