import { isLastOwner, memberOf, presentMembers, type Rights, rightsIn } from "@parley/log";
import {
  type Conversation,
  ConversationKind,
  type Entry,
  type Member,
  type Profile,
  type RequestAnswer,
  type Role,
} from "@parley/protocol";
import type { ConversationView, NewestView, PreferencesView } from "../api/conversation-list-view.ts";
import type { PersonView } from "../api/person-view.ts";
import { noRightsView, type TimelineView } from "../api/timeline-view.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import { entryOfPending, foldOntoEntry } from "./fold-pending.ts";
import { isOnlyLookedAt, isPresent } from "./followed.ts";
import { mayInvite } from "./invite-views.ts";
import { mentionViews } from "./mention-views.ts";
import { requestState } from "./message-request.ts";
import { statusOfEntry, statusOfPending } from "./message-status.ts";
import type { Pending } from "./pending.ts";
import type { PendingParts } from "./pending-parts.ts";
import { roleName } from "./role-names.ts";
import { messageBody, shownTime, systemDeed } from "./timeline-rows.ts";

/** What is known of people, whatever they are in. */
interface KnownOfPeople {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly online: ReadonlySet<string>;
  readonly lastSeen: ReadonlyMap<string, number>;
}

export interface ConversationBasis extends KnownOfPeople {
  readonly viewer: string;
  readonly conversation: StoredConversation;
  /** The newest entry that may be shown. */
  readonly newest: Entry | undefined;
  /** With pending changes. */
  readonly state: Conversation;
  /** The creation of this conversation was rejected. */
  readonly failed: boolean;
  readonly typing: readonly string[];
  /** Whom the viewer blocks. */
  readonly blocked: ReadonlyMap<string, unknown>;
  /** With somebody who is blocked: since when. */
  readonly cutAt: number | undefined;
  readonly unread: number;
  readonly mentions: number;
  readonly draft: string;
  readonly changes: ReadonlyMap<string, readonly Pending[]>;
  readonly posts: readonly Pending[];
  readonly preferences: PreferencesView;
  readonly requestAnswer: RequestAnswer;
  readonly unlisted: boolean;
  /** The device holds it, or waits for it to be created. */
  readonly begun: boolean;
  /** Of a thread: the conversation that it belongs to, with pending changes. */
  readonly parent: Conversation | undefined;
}

const PEOPLE_IN_LIST = 8;

export function conversationView(basis: ConversationBasis): ConversationView {
  const { viewer, state } = basis;
  const present = presentMembers(state);
  const others = state.members
    .filter((member) => member.account !== viewer && (member.present || state.kind === ConversationKind.DIRECT))
    .map((member) => personView(member.account, basis))
    .sort(byName);
  const latest = newestOf(basis);
  const blocked = state.kind === ConversationKind.DIRECT && others.some(({ account }) => basis.blocked.has(account));
  const request = requestState(basis);
  // What a stranger has to say one goes and looks at.
  const isQuiet = isOnlyLookedAt(state, viewer) || request === "open" || request === "declined";
  const writable = !basis.failed && !blocked && isPresent(basis.parent ?? state, viewer);
  return {
    id: state.id,
    kind: kindName(state.kind),
    title: titleOf(state, others),
    ...(state.picture !== "" && { picture: state.picture }),
    people: others.slice(0, PEOPLE_IN_LIST),
    memberCount: present.length,
    writable,
    newest: request === "open" || request === "declined" ? undefined : latest?.view,
    at: latest?.at ?? lastActivity(basis),
    unread: isQuiet ? 0 : basis.unread,
    mentions: isQuiet ? 0 : basis.mentions,
    ...threadView(basis),
    typing: basis.typing.map((account) => nameOf(account, basis.profiles)),
    // What was not sent before the membership ended waits for its return, and nobody is told to finish it meanwhile.
    draft: writable ? basis.draft : "",
    ...waiting(basis),
    ...basis.preferences,
    ...(basis.unlisted && { unlisted: true }),
    ...(request && { request }),
    ...(blocked && { blocked }),
  };
}

/** Nothing that a blocked person did. */
function lastActivity({ conversation, cutAt, state }: ConversationBasis): number {
  const { newest } = conversation;
  return newest === undefined ? state.createdAt : Math.min(newest.receivedAt, cutAt ?? newest.receivedAt);
}

function threadView({ state, viewer, posts, failed, begun }: ConversationBasis): Pick<ConversationView, "thread"> {
  if (state.kind !== ConversationKind.THREAD) return {};
  const { parent: conversation, root } = state;
  const waiting = posts.filter(({ entry }) => entry.state.kind !== "rejected").length;
  return { thread: { conversation, root, following: !failed && begun && isPresent(state, viewer), waiting } };
}

function waiting({ state, viewer }: ConversationBasis): Pick<ConversationView, "joinRequests"> {
  const count = state.joinRequests.length;
  return count > 0 && mayInvite(state, viewer) ? { joinRequests: count } : {};
}

function personView(account: string, known: KnownOfPeople): PersonView {
  return {
    account,
    userName: known.profiles.get(account)?.userName ?? "",
    displayName: nameOf(account, known.profiles),
    online: known.online.has(account),
    lastSeen: known.lastSeen.get(account),
  };
}

/** What a group is about, its present members by name, and what the viewer may do here and to them. */
export function membershipView(
  { state, failed }: Pick<PendingParts, "state" | "failed">,
  viewer: string,
  known: KnownOfPeople,
  blocked: ReadonlyMap<string, unknown>,
): Pick<TimelineView, "members" | "rights" | "description"> {
  if (state === undefined) return { members: [], rights: noRightsView, description: "" };
  const rights = failed ? undefined : rightsOf(state, viewer);
  const members = presentMembers(state).map((member) => ({
    ...personView(member.account, known),
    role: roleName(member.role),
    removable: member.account !== viewer && rights?.removeMembers.includes(member.role) === true,
    otherRoles: rights === undefined ? [] : otherRoles(state, member, rights).map(roleName),
    ...(blocked.has(member.account) && { blocked: true as const }),
  }));
  return { members: members.sort(byName), rights: rights ?? noRightsView, description: state.description };
}

function otherRoles(state: Conversation, { account, role }: Member, { setRole }: Rights): readonly Role[] {
  if (!setRole.includes(role) || isLastOwner(state, account)) return [];
  return setRole.filter((other) => other !== role);
}

function rightsOf(state: Conversation, viewer: string): Rights | undefined {
  const member = memberOf(state, viewer);
  return member?.present === true ? rightsIn(state.kind, member.role) : undefined;
}

/** Empty for accounts whose profile never came. */
export function nameOf(account: string, profiles: ReadonlyMap<string, Profile>): string {
  const profile = profiles.get(account);
  return profile?.displayName || profile?.userName || "";
}

type Named = Pick<PersonView, "account" | "displayName">;

export function byName(one: Named, other: Named): number {
  return compare(one.displayName, other.displayName) || compare(one.account, other.account);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function titleOf(state: Conversation, others: readonly PersonView[]): string {
  if (state.kind === ConversationKind.DIRECT) return others[0]?.displayName ?? "";
  return state.title;
}

function kindName(kind: ConversationKind): ConversationView["kind"] {
  switch (kind) {
    case ConversationKind.DIRECT:
      return "direct";
    case ConversationKind.THREAD:
      return "thread";
    case ConversationKind.NOTES:
      return "notes";
    default:
      return "group";
  }
}

interface Latest {
  readonly view: NewestView;
  readonly at: number;
}

function newestOf(basis: ConversationBasis): Latest | undefined {
  const pending = basis.posts.at(-1);
  const { newest } = basis;
  if (pending !== undefined && pending.entry.id !== newest?.id) {
    const entry = entryOfPending(pending, basis.viewer);
    const changes = basis.changes.get(pending.entry.id) ?? [];
    if (entry === undefined) return undefined;
    const folded = foldOntoEntry(entry, changes, basis.viewer);
    return { view: newestView(folded, statusOfPending(pending), basis), at: shownTime(folded) };
  }
  if (newest === undefined) return undefined;
  const changes = basis.changes.get(newest.id) ?? [];
  const mine = newest.author === basis.viewer && newest.body.case === "message";
  const status = mine ? statusOfEntry(newest, basis.state, basis.conversation, basis.viewer) : undefined;
  return { view: newestView(foldOntoEntry(newest, changes, basis.viewer), status, basis), at: newest.receivedAt };
}

function newestView(entry: Entry, status: NewestView["status"], basis: ConversationBasis): NewestView {
  const who = {
    author: entry.author,
    authorName: nameOf(entry.author, basis.profiles),
    mine: entry.author === basis.viewer,
  };
  if (entry.body.case !== "message") {
    const nameOfAccount = (account: string) => nameOf(account, basis.profiles);
    const deedBasis = { viewer: basis.viewer, nameOf: nameOfAccount };
    const what = entry.body.case === "system" ? systemDeed(entry.body.value, entry.author, deedBasis) : undefined;
    return { ...who, text: "", kind: "system", status: undefined, what };
  }
  const body = messageBody(entry.body.value, mentionViews(entry.body.value, basis.viewer, basis.profiles));
  if (body.kind === "text") {
    const { text, mentions } = body;
    const newest = { ...who, text, kind: "message", status, what: undefined } as const;
    return mentions === undefined ? newest : { ...newest, mentions };
  }
  const known = body.kind === "deleted" ? undefined : status;
  const kind = body.kind === "deleted" && body.expired ? "expired" : body.kind;
  return { ...who, text: "", kind, status: known, what: undefined };
}
