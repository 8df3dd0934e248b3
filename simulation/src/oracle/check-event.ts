import { applyToConversation, applyToEntry, entryOf, memberOf, presentMembers, targetOf } from "@parley/log";
import {
  type Conversation,
  ConversationKind,
  type Entry,
  type Event,
  limits,
  Role,
  type RoleSet,
} from "@parley/protocol";
import { checkEntrance, checkStranger, isByStranger } from "./check-entrance.ts";
import type { LogHistory } from "./log-history.ts";
import type { Received } from "./received.ts";
import type { Violation } from "./violation.ts";

/** Judges a committed event before it is added to the truth: its numbers, and its right to exist. */
export function checkEvent(history: LogHistory, event: Event, received: Received): Violation[] {
  return [...checkNumbers(history, event, received), ...checkRights(history, event, received)];
}

function checkNumbers(history: LogHistory, event: Event, { command, account }: Received): Violation[] {
  const where = `event ${event.seq} of ${event.log}`;
  const violations: Violation[] = [];
  if (event.seq !== history.head + 1) violations.push({ rule: "LOG1", detail: `${where} after ${history.head}` });
  const ordinal = entryOf(event) === undefined ? 0 : history.entryHead + 1;
  if (event.ordinal !== ordinal) {
    violations.push({ rule: "LOG1", detail: `${where} has ordinal ${event.ordinal}, not ${ordinal}` });
  }
  if (history.events.some((earlier) => earlier.id === event.id)) {
    violations.push({ rule: "CMD1", detail: `${where}: ${event.id} was carried out twice` });
  }
  if (command.log !== event.log || account !== event.author) {
    violations.push({ rule: "CMD4", detail: `${where} has another log or author than its command` });
  }
  return violations;
}

function checkRights(history: LogHistory, event: Event, { command }: Received): Violation[] {
  const detail = `${command.body.case} by ${event.author} as event ${event.seq} of ${event.log}`;
  const state = history.state;
  if (state === undefined) return event.body.case === "created" ? [] : [{ rule: "CMD10", detail: `${detail}: no log` }];
  if (history.parent !== undefined && (command.body.case === "create" || command.body.case === "setFollowing")) {
    const mayFollow = history.parent.isPresent(event.author, event.parentSeq);
    return mayFollow ? [] : [{ rule: "THR3", detail: `${detail}: no member of the parent` }];
  }
  const member = memberOf(state, event.author);
  if (isByStranger(event, command, state)) return checkStranger(state, event, detail);
  // Taking back one's own words stays possible after leaving.
  if (member?.present !== true && command.body.case !== "withdraw")
    return [{ rule: "CMD10", detail: `${detail}: no member` }];
  const target = history.historyOf(targetOf(event) ?? "")?.at(-1);
  const isOwn = target?.author === event.author;
  if (event.body.case === "edited" && !isOwn) return [{ rule: "CMD10", detail: `${detail}: not the author's` }];
  const place = history.parent?.stateAt(event.parentSeq);
  const role = place === undefined ? member?.role : memberOf(place, event.author)?.role;
  if (event.body.case === "erased" && !isOwn && !moderates(place ?? state, role)) return [{ rule: "CMD10", detail }];
  if (mentionsEveryone(event) && !isEveryones(target) && !moderates(state, member?.role)) {
    return [{ rule: "MEN3", detail: `${detail}: mentions everyone` }];
  }
  if (event.body.case === "timerSet" && history.parent !== undefined) {
    return [{ rule: "CMD10", detail: `${detail}: a thread has its parent's` }];
  }
  if (event.body.case === "membersRemoved" && !moderates(state, member?.role)) return [{ rule: "CMD10", detail }];
  if (event.body.case === "roleSet" && !mayAssign(state, member?.role, event.body.value)) {
    return [{ rule: "CMD10", detail: `${detail}: a role that is not theirs to give or take` }];
  }
  if (event.body.case === "reactionSet" && target !== undefined && floods(applyToEntry(target, event), event.author)) {
    return [{ rule: "RCT2", detail: `${detail}: more reactions than may be` }];
  }
  const ofEntrance = checkEntrance(state, event, moderates(state, member?.role), detail);
  if (ofEntrance.length > 0) return ofEntrance;
  return ownerless(applyToConversation(state, event)) ? [{ rule: "GRP1", detail: `${detail}: no owner is left` }] : [];
}

function mentionsEveryone({ body }: Event): boolean {
  return (body.case === "posted" || body.case === "edited") && body.value.envelope?.everyone === true;
}

/** A message that mentions everyone already goes on doing so. */
function isEveryones(target: Entry | undefined): boolean {
  return target?.body.case === "message" && target.body.value.envelope?.everyone === true;
}

function floods({ body }: Entry, author: string): boolean {
  const reactions = body.case === "message" ? body.value.reactions : [];
  const all = reactions.reduce((count, { accounts }) => count + accounts.length, 0);
  const own = reactions.filter(({ accounts }) => accounts.includes(author)).length;
  const { reactionsPerMessage, emojisPerMessage, reactionsPerMember } = limits;
  return all > reactionsPerMessage || reactions.length > emojisPerMessage || own > reactionsPerMember;
}

/** Owners give and take every role, admins those below an owner's, of members who are there. */
function mayAssign(state: Conversation, actor: Role | undefined, { account, role }: RoleSet): boolean {
  const target = memberOf(state, account);
  if (target?.present !== true || !moderates(state, actor)) return false;
  return actor === Role.OWNER || (role !== Role.OWNER && target.role !== Role.OWNER);
}

function ownerless(state: Conversation): boolean {
  const present = presentMembers(state);
  return (
    state.kind === ConversationKind.GROUP && present.length > 0 && !present.some(({ role }) => role === Role.OWNER)
  );
}

function moderates(state: Conversation, role: Role | undefined): boolean {
  return state.kind === ConversationKind.GROUP && (role === Role.OWNER || role === Role.ADMIN);
}
