import { applyToConversation, conversationOf, entryOf, memberOf, presentMembers, targetOf } from "@parley/log";
import { type Conversation, ConversationKind, type Event, Role } from "@parley/protocol";
import type { Received } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

export interface MembershipChange {
  readonly joined: readonly string[];
  readonly parted: readonly string[];
}

/** Judges a committed event before it is added to the truth: its numbers, its right to exist, and what it says of members. */
export function checkEvent(
  history: LogHistory,
  event: Event,
  received: Received,
  change: MembershipChange,
): Violation[] {
  return [
    ...checkNumbers(history, event, received),
    ...checkRights(history, event, received),
    ...checkMembership(history, event, change),
  ];
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
  const member = memberOf(state, event.author);
  // Taking back one's own words stays possible after leaving.
  if (member?.present !== true && command.body.case !== "withdraw")
    return [{ rule: "CMD10", detail: `${detail}: no member` }];
  const target = history.historyOf(targetOf(event) ?? "")?.at(-1);
  const isOwn = target?.author === event.author;
  if (event.body.case === "edited" && !isOwn) return [{ rule: "CMD10", detail: `${detail}: not the author's` }];
  if (event.body.case === "erased" && !isOwn && !moderates(state, member?.role)) return [{ rule: "CMD10", detail }];
  if (event.body.case === "membersRemoved" && !moderates(state, member?.role)) return [{ rule: "CMD10", detail }];
  return [];
}

function moderates(state: Conversation, role: Role | undefined): boolean {
  return state.kind === ConversationKind.GROUP && (role === Role.OWNER || role === Role.ADMIN);
}

function checkMembership(history: LogHistory, event: Event, { joined, parted }: MembershipChange): Violation[] {
  const before = presence(history.state);
  const after = presence(
    history.state === undefined ? conversationOf(event) : applyToConversation(history.state, event),
  );
  const expectedJoined = [...after].filter((account) => !before.has(account));
  const expectedParted = [...before].filter((account) => !after.has(account));
  if (sameSet(joined, expectedJoined) && sameSet(parted, expectedParted)) return [];
  const detail = `event ${event.seq} of ${event.log} says joined ${joined.join()} parted ${parted.join()}`;
  return [{ rule: "SYN7", detail: `${detail}, not ${expectedJoined.join()} and ${expectedParted.join()}` }];
}

function presence(state: Conversation | undefined): ReadonlySet<string> {
  return new Set(state === undefined ? [] : presentMembers(state).map((member) => member.account));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
