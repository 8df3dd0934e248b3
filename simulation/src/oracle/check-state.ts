import { equals } from "@bufbuild/protobuf";
import type { TimelineView } from "@parley/client";
import { presentMembers, rightsIn } from "@parley/log";
import { type Conversation, ConversationSchema, Role } from "@parley/protocol";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** The state of a conversation that the server gives is the fold of the events up to a seq. */
export function checkState(history: LogHistory, state: Conversation | undefined, at: number): Violation[] {
  const expected = history.stateAt(at);
  if (state === undefined || (expected !== undefined && equals(ConversationSchema, expected, state))) return [];
  return [{ rule: "LOG3", detail: `the state of ${state.id} as of ${at} is given as another one` }];
}

const names: Readonly<Record<number, string>> = {
  [Role.OWNER]: "owner",
  [Role.ADMIN]: "admin",
  [Role.MEMBER]: "member",
};

/** At rest a screen shows who is in a conversation, in which role, and what it is about, as its viewer may know it. */
export function checkStandingAtRest(
  device: string,
  viewer: string,
  view: TimelineView,
  history: LogHistory,
  everBlocked = false,
): Violation[] {
  // Its creation was refused, as that of a conversation with somebody whom one blocks is.
  if (everBlocked && history.head === 0) return [];
  const state = history.stateAt(history.viewerHead(viewer));
  // Who is in a thread are those of its parent: all of them can be mentioned.
  const group = history.parent === undefined ? state : history.parent.stateAt(history.parent.viewerHead(viewer));
  const members = group === undefined ? [] : presentMembers(group);
  const expected = members.map(({ account, role }) => `${account} ${names[role]}`).join();
  const shown = view.members.map(({ account, role }) => `${account} ${role}`).sort();
  const violations: Violation[] = [];
  const where = `${device} shows ${view.conversation} at rest`;
  if (shown.join() !== expected) violations.push({ rule: "SYN2", detail: `${where} with ${shown}, not ${expected}` });
  if (view.description !== (state?.description ?? "")) {
    violations.push({ rule: "SYN2", detail: `${where}: described as “${view.description}”` });
  }
  return [...violations, ...checkLinksAtRest(view, state, viewer, where)];
}

/** Who may make links is shown those there are, as they are, and nobody else is. */
function checkLinksAtRest(view: TimelineView, state: Conversation | undefined, viewer: string, where: string) {
  const member = state?.members.find(({ account, present }) => account === viewer && present);
  const may = member !== undefined && state !== undefined && rightsIn(state.kind, member.role).inviteByLink;
  const expected = (may ? state.invites.toReversed() : []).map(({ id, uses, revoked }) => `${id} ${uses} ${revoked}`);
  const shown = view.invites.map(({ id, uses, revoked }) => `${id} ${uses} ${revoked}`);
  const waiting = view.joinRequests.map(({ account }) => account);
  const asked = (may ? state.joinRequests : []).map(({ account }) => account);
  if (waiting.join() !== asked.join()) {
    return [{ rule: "INV6", detail: `${where} with ${waiting} waiting, not ${asked}` }];
  }
  if (shown.join() === expected.join()) return [];
  return [{ rule: "INV1", detail: `${where} with the links ${shown}, not ${expected}` }];
}
