import { equals, toJsonString } from "@bufbuild/protobuf";
import { memberOf } from "@parley/log";
import { type Conversation, ConversationSchema, type ConversationStatus } from "@parley/protocol";
import { checkPage, type Ledger, type LogHistory, type Violation } from "@parley/simulation/oracle";
import type { Reading } from "../history/history.ts";

/** Judges what a new session was given: all that its account may see, and nothing else. */
export function checkReading(reading: Reading, ledger: Ledger): Violation[] {
  const { account, statuses, states, pages } = reading;
  const violations = checkAccess(reading, ledger);
  for (const status of statuses) violations.push(...checkStatus(reading, status, ledger));
  for (const page of pages) {
    const history = ledger.logs.get(page.conversation);
    if (history !== undefined) violations.push(...checkPage(history, account, page));
  }
  for (const state of states) violations.push(...checkState(account, state, ledger));
  return violations;
}

/** Who was a member is given a conversation; who never was is told that there is none. */
function checkAccess({ account, statuses, pages, refused }: Reading, ledger: Ledger): Violation[] {
  const violations: Violation[] = [];
  const given = new Set([
    ...statuses.map(({ head }) => head?.conversation ?? ""),
    ...pages.map((page) => page.conversation),
  ]);
  for (const [log, history] of ledger.logs) {
    const entitled = mayRead(history, account);
    if (entitled && !given.has(log)) violations.push({ rule: "SYN2", detail: `${account} is not given ${log}` });
    if (!entitled && !refused.has(log)) violations.push({ rule: "VIS5", detail: `${account} is not refused ${log}` });
    if (!entitled && given.has(log)) violations.push({ rule: "VIS5", detail: `${account} is given ${log}` });
  }
  for (const log of given) {
    if (!ledger.logs.has(log))
      violations.push({ rule: "CMD4", detail: `${account} is given ${log}, which nobody began` });
  }
  return violations;
}

/** Who was ever a member; of a thread, who is one of its parent now, or followed it. */
function mayRead(history: LogHistory, account: string): boolean {
  const { state, parent } = history;
  if (parent === undefined) return history.intervals(account).length > 0;
  return parent.isPresent(account) || (state !== undefined && memberOf(state, account) !== undefined);
}

function checkStatus(
  { account, pages }: Reading,
  { head, entryHead }: ConversationStatus,
  ledger: Ledger,
): Violation[] {
  const log = head?.conversation ?? "";
  const seq = head?.seq ?? 0;
  const history = ledger.logs.get(log);
  if (history === undefined) return [];
  const where = `${log} for ${account}`;
  const expected = history.viewerHead(account);
  if (seq < expected) return [{ rule: "CMD9", detail: `${where} ends at ${seq}, but ${expected} was acknowledged` }];
  if (seq > expected)
    return [{ rule: "CMD4", detail: `${where} ends at ${seq}, beyond the last accepted ${expected}` }];
  const visible = history.visibleEntryHead(account, seq);
  const violations: Violation[] = [];
  if (entryHead !== visible) {
    violations.push({ rule: "LOG1", detail: `${where} has the entry head ${entryHead}, not ${visible}` });
  }
  const covered = new Set(
    pages.filter((page) => page.conversation === log).flatMap((page) => run(page.fromOrdinal, page.toOrdinal)),
  );
  const lacking = run(1, visible).find((ordinal) => !covered.has(ordinal));
  if (lacking !== undefined) violations.push({ rule: "LOG4", detail: `no page of ${where} covers ${lacking}` });
  return violations;
}

function checkState(account: string, state: Conversation, ledger: Ledger): Violation[] {
  const history: LogHistory | undefined = ledger.logs.get(state.id);
  const expected = history?.stateAt(history.viewerHead(account));
  if (expected !== undefined && equals(ConversationSchema, state, expected)) return [];
  const given = toJsonString(ConversationSchema, state);
  const wanted = expected === undefined ? "nothing" : toJsonString(ConversationSchema, expected);
  return [{ rule: "LOG3", detail: `${account} is given the state ${given}, not ${wanted}` }];
}

function run(from: number, to: number): number[] {
  return from === 0 ? [] : Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
